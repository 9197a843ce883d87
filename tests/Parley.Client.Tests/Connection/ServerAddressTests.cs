using Parley.Client.Connection;

namespace Parley.Client.Tests.Connection;

public sealed class ServerAddressTests
{
    [Theory]
    [InlineData("chat.example.org:6000", "chat.example.org", 6000)]
    [InlineData("chat.example.org", "chat.example.org", 5050)]
    [InlineData("192.0.2.1:1", "192.0.2.1", 1)]
    [InlineData("[2001:db8::1]:6000", "2001:db8::1", 6000)]
    [InlineData("[::1]", "::1", 5050)]
    [InlineData("::1", "::1", 5050)]
    [InlineData("https://chat.example.org:6000/invite?to=me", "chat.example.org", 6000)]
    [InlineData("http://[2001:DB8::1]:6000/", "2001:db8::1", 6000)]
    [InlineData(" chat.example.org:6000/ ", "chat.example.org", 6000)]
    public void A_server_is_read_as_a_person_writes_it(string text, string host, int port) =>
        Assert.Equal(new ServerAddress(host, port), ServerAddress.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":5050")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:+1")]
    [InlineData("host:")]
    [InlineData("http://")]
    [InlineData("a@b.c")]
    [InlineData("[::1")]
    [InlineData("[host]:1")]
    [InlineData("a b:1")]
    public void What_is_no_address_is_refused(string text) => Assert.Null(ServerAddress.TryParse(text));

    [Theory]
    [InlineData("LOCALHOST", "localhost")]
    [InlineData("Chat.Example.ORG.", "chat.example.org")]
    [InlineData("MÜLLER.example", "xn--mller-kva.example")]
    [InlineData("2001:DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("[::1]", "::1")]
    [InlineData("fe80:0::1%eth0", "fe80::1%eth0")]
    [InlineData("my_host", "my_host")]
    public void However_a_host_is_typed_it_is_one_server(string typed, string host)
    {
        Assert.Equal(new ServerAddress(host, 5050), new ServerAddress(typed, 5050));
        Assert.Equal(host, (new ServerAddress("other", 5050) with { Host = typed }).Host);
    }

    [Fact]
    public void An_address_is_written_so_that_it_is_read_again()
    {
        Assert.Equal("[2001:db8::1]:5050", new ServerAddress("2001:DB8::1", 5050).ToString());
        Assert.Equal(0, ServerAddress.TryParse("host", portElse: 0)?.Port);
    }
}
