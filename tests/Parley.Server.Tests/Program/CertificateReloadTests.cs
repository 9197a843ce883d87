using System.Security.Cryptography;

namespace Parley.Server.Tests.Program;

/// <summary>A renewed certificate is shown without a restart.</summary>
public sealed class CertificateReloadTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)] // The change is seen by itself, too.
    public async Task Another_certificate_is_shown_to_whoever_comes_next_and_nobody_is_cut_off(bool bySignal)
    {
        using var folder = new TempFolder();
        var first = Certificates.Write(folder, "mine");
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--cert", "mine.crt", "--key", "mine.key");
        await using var alice = await server.ConnectLevel1Async("alice");

        var second = Certificates.WriteRsa(folder, "mine");
        if (bySignal)
            server.Signal(PosixSignalNumber.HangUp);

        // The log is asked, since an address may begin only so many connections in ten seconds. Its last word: one half of the pair may have been met first.
        await Eventually.TrueAsync(
            () => server.ErrorLines.LastOrDefault(line => line.Contains("loaded anew", StringComparison.Ordinal)) is { } last
                && last.Contains("The certificate was loaded anew", StringComparison.Ordinal),
            "a word in the log");
        Assert.NotEqual(first, second);
        Assert.Equal(second, await ShownAsync(server));
        await alice.SendAsync(new { type = "message", content = "still here" });
        await alice.SkipToAsync("message");
    }

    [Theory]
    [InlineData("no certificate")]
    [InlineData(null)]
    public async Task A_bad_one_is_refused_in_the_log_and_the_former_one_goes_on(string? text)
    {
        using var folder = new TempFolder();
        var first = Certificates.Write(folder, "mine");
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--cert", "mine.crt", "--key", "mine.key");
        if (text is null)
            File.Delete(folder["mine.key"]);
        else
            await File.WriteAllTextAsync(folder["mine.crt"], text, TestContext.Current.CancellationToken);

        server.Signal(PosixSignalNumber.HangUp);

        await Eventually.TrueAsync(
            () => server.ErrorLines.Any(line => line.Contains("was not loaded anew, and the former one goes on", StringComparison.Ordinal)),
            "a word in the log");
        Assert.Equal(first, await ShownAsync(server));
    }

    [Fact]
    public async Task Without_tls_a_hang_up_is_nothing()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");

        server.Signal(PosixSignalNumber.HangUp);

        await using var alice = await server.ConnectLevel1Async("alice");
        Assert.Equal(0, await server.TerminateAsync());
    }

    private static async Task<string> ShownAsync(ServerProcess server)
    {
        await using var peer = await RawPeer.ConnectTlsAsync(server.Host, server.Port);
        return peer.ServerCertificate!.GetCertHashString(HashAlgorithmName.SHA256);
    }
}
