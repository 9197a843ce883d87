using Parley.Client.Connection;
using Parley.Desktop.CommandLine;

namespace Parley.UI.Tests.Desktop;

public sealed class HostAndPortTests
{
    [Theory]
    [InlineData("chat.example.org:6000", "chat.example.org", 6000)]
    [InlineData("chat.example.org", "chat.example.org", 5050)]
    [InlineData("192.0.2.1:1", "192.0.2.1", 1)]
    [InlineData("[2001:db8::1]:6000", "2001:db8::1", 6000)]
    [InlineData("[::1]", "::1", 5050)]
    [InlineData("::1", "::1", 5050)]
    public void A_server_is_read_as_a_person_writes_it(string text, string host, int port) =>
        Assert.Equal(new ServerAddress(host, port), HostAndPort.TryParse(text));

    [Theory]
    [InlineData("")]
    [InlineData(":5050")]
    [InlineData("host:0")]
    [InlineData("host:65536")]
    [InlineData("host:+1")]
    [InlineData("host:")]
    [InlineData("http://host")]
    [InlineData("[::1")]
    [InlineData("[host]:1")]
    [InlineData("a b:1")]
    public void What_is_no_address_is_refused(string text) => Assert.Null(HostAndPort.TryParse(text));
}
