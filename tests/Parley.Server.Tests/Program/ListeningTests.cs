using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Parley.Server.Tests.Program;

public sealed partial class ListeningTests
{
    [Fact]
    public async Task The_first_line_says_where_with_the_port_that_was_taken()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--port", "0");

        Assert.StartsWith($"Listening on 127.0.0.1:{server.Port} (no TLS)", server.OutputLines[0], StringComparison.Ordinal);
        Assert.InRange(server.Port, 1, 65535);
        Assert.Single(server.OutputLines, l => l.StartsWith("Listening", StringComparison.Ordinal));
        await using var peer = await RawPeer.ConnectAsync("127.0.0.1", server.Port);
    }

    [Fact]
    public async Task A_port_that_is_named_is_the_one()
    {
        var port = FreePort();

        await using var server = await ServerProcess.StartAsync("--no-tls", "--port", $"{port}");

        Assert.StartsWith($"Listening on 127.0.0.1:{port} (no TLS)", server.OutputLines[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    public async Task A_port_that_another_server_has_is_refused(string host)
    {
        await using var first = await ServerProcess.StartAsync("--no-tls");
        using var folder = new TempFolder();

        var second = await ServerProcess.RunAsync(folder.Path, "--no-tls", "--host", host, "--port", $"{first.Port}");

        Assert.NotEqual(0, second.ExitCode);
        Assert.Empty(second.OutputLines);
        Assert.Contains($"Port {first.Port} at {host} is in use.", Assert.Single(second.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_is_taken_again_right_after_a_run_whose_connections_linger()
    {
        var port = FreePort();
        for (var run = 0; run < 2; run++)
        {
            await using var server = await ServerProcess.StartAsync("--no-tls", "--port", $"{port}");
            await using var peer = await RawPeer.ConnectAsync(server);
            await peer.RegisterAsync($"alice{run}");
            await server.TerminateAsync(); // Who closes first is left with the connection, for a minute (TIME_WAIT).
        }
    }

    [Fact]
    public async Task With_tls_the_line_bears_the_certificates_fingerprint()
    {
        await using var server = await ServerProcess.StartAsync();

        var match = TlsLine().Match(server.OutputLines[0]);
        await using var peer = await RawPeer.ConnectTlsAsync("127.0.0.1", server.Port);

        Assert.True(match.Success, server.OutputLines[0]);
        Assert.Equal(
            peer.ServerCertificate!.GetCertHashString(HashAlgorithmName.SHA256), match.Groups[1].Value.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant());
    }

    [Fact]
    public async Task IPv6_stands_in_brackets()
    {
        Assert.SkipUnless(HasIPv6(), "This machine has no IPv6.");

        await using var server = await ServerProcess.StartAsync("--no-tls", "--host", "::1");

        Assert.StartsWith($"Listening on [::1]:{server.Port} (no TLS)", server.OutputLines[0], StringComparison.Ordinal);
        await using var peer = await RawPeer.ConnectAsync("::1", server.Port);
        await peer.SendAsync(new { type = "x" });
        await peer.ReceiveAsync("error");
    }

    [Fact]
    public async Task A_name_with_several_addresses_is_listened_on_at_all_of_them()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--host", "localhost");

        Assert.StartsWith($"Listening on localhost:{server.Port} (no TLS)", server.OutputLines[0], StringComparison.Ordinal);
        foreach (var address in await Dns.GetHostAddressesAsync("localhost"))
        {
            await using var peer = await RawPeer.ConnectAsync($"{address}", server.Port);
            await peer.SendAsync(new { type = "x" });
            await peer.ReceiveAsync("error");
        }
    }

    [Fact]
    public async Task Every_address_of_the_machine_may_be_asked_for()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--host", "0.0.0.0");

        Assert.StartsWith($"Listening on 0.0.0.0:{server.Port} (no TLS)", server.OutputLines[0], StringComparison.Ordinal);
        await using var peer = await RawPeer.ConnectAsync("127.0.0.2", server.Port);
    }

    [Fact]
    public async Task Without_limits_it_says_so()
    {
        await using var unlimited = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        await using var limited = await ServerProcess.StartAsync("--no-tls");

        await Eventually.TrueAsync(() => SaysSo(unlimited), "a word about limits");
        Assert.False(SaysSo(limited));

        static bool SaysSo(ServerProcess server) =>
            server.OutputLines.Concat(server.ErrorLines).Any(l => l.Contains("limit", StringComparison.OrdinalIgnoreCase));
    }

    internal static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool HasIPv6()
    {
        try
        {
            using var listener = new TcpListener(IPAddress.IPv6Loopback, 0);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\AListening on 127\.0\.0\.1:\d+ \(TLS, SHA-256 ([0-9A-Fa-f:]{64,95})\)")]
    private static partial Regex TlsLine();
}
