using Parley.Client.Connection;
using Parley.UI.Features.Accounts;

namespace Parley.UI.Tests.Features;

public sealed class TypedServerTests
{
    private static readonly Fingerprint Pin =
        Fingerprint.Parse(string.Concat(Enumerable.Repeat("ab", 32))) ?? throw new InvalidOperationException();

    [Theory]
    [InlineData("[2001:DB8::1]:6000", "2001:db8::1", "6000")]
    [InlineData("https://chat.example.org:6000/invite", "chat.example.org", "6000")]
    [InlineData("https://chat.example.org/", "chat.example.org", "5050")]
    [InlineData("::1", "::1", "5050")]
    public void A_whole_address_that_is_pasted_is_taken_apart(string pasted, string host, string port)
    {
        var typed = new TypedServer { Host = pasted };

        Assert.Equal(new ServerAddress(host, int.Parse(port, System.Globalization.CultureInfo.InvariantCulture)), typed.Read());

        Assert.Equal((host, port), (typed.Host, typed.Port));
        Assert.Equal((null, null), (typed.HostError, typed.PortError));
    }

    [Fact]
    public void An_invitation_has_the_address_and_whom_to_trust_there_alone()
    {
        var typed = new TypedServer { Host = $"Come to my server on Parley: [2001:db8::1]:6000, 10.0.0.7:6000 (certificate, SHA-256: {Pin})", UseTls = false };

        var server = typed.Read();

        Assert.Equal(new ServerAddress("2001:db8::1", 6000), server);
        Assert.Equal(Pin, typed.PinOf(new ServerAddress("2001:db8::1", 6000)));
        Assert.Null(typed.PinOf(new ServerAddress("10.0.0.7", 6000)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("65536")]
    [InlineData("-1")]
    [InlineData("http")]
    public void A_port_that_is_none_is_an_error_of_the_port(string port)
    {
        var typed = new TypedServer { Host = "chat.example.org", Port = port };

        Assert.Null(typed.Read());

        Assert.Null(typed.HostError);
        Assert.NotNull(typed.PortError);
    }
}
