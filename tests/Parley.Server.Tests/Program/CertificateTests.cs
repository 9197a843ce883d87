using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Parley.Server.Tests.Program;

public sealed class CertificateTests
{
    [Fact]
    public async Task A_certificate_made_at_the_first_start_serves_the_second_too()
    {
        await using var server = await ServerProcess.StartAsync();
        var fingerprint = server.Fingerprint;

        await server.RestartAsync();

        Assert.NotNull(fingerprint);
        Assert.Equal(fingerprint, server.Fingerprint);
        await using var peer = await RawPeer.ConnectAsync(server);
    }

    [Fact]
    public async Task Ones_own_certificate_is_the_one_that_is_shown()
    {
        using var folder = new TempFolder();
        var elliptic = Certificates.Write(folder, "ec");
        var rsa = Certificates.WriteRsa(folder, "rsa");

        foreach (var (name, fingerprint) in new[] { ("ec", elliptic), ("rsa", rsa) })
        {
            await using var server = await ServerProcess.StartInAsync(folder.Path, "--cert", $"{name}.crt", "--key", $"{name}.key");
            await using var peer = await RawPeer.ConnectTlsAsync("127.0.0.1", server.Port, fingerprint);
            await peer.SendAsync(new { type = "x" });
            await peer.ReceiveAsync("error");
        }
    }

    [Theory]
    [InlineData("missing.crt", "good.key", "missing.crt")]
    [InlineData("good.crt", "missing.key", "missing.key")]
    [InlineData("garbage.crt", "good.key", "garbage.crt")]
    [InlineData("good.crt", "garbage.key", "garbage.key")]
    [InlineData("folder", "good.key", "folder")]
    [InlineData("empty.crt", "good.key", "empty.crt")]
    [InlineData("expired.crt", "expired.key", "expired")]
    [InlineData("good.crt", "other.key", "other.key")]
    [InlineData("good.key", "good.crt", "good")]
    public async Task A_certificate_that_cannot_serve_is_one_clear_line(string certificate, string key, string named)
    {
        using var folder = new TempFolder();
        Certificates.Write(folder, "good");
        Certificates.Write(folder, "other");
        Certificates.Write(folder, "expired", -30, -1);
        await File.WriteAllTextAsync(folder["garbage.crt"], "-----BEGIN CERTIFICATE-----\nbm8gY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n");
        await File.WriteAllTextAsync(folder["garbage.key"], "no key at all\n");
        await File.WriteAllTextAsync(folder["empty.crt"], "");
        Directory.CreateDirectory(folder["folder"]);

        Assert.Contains(named, await FailedStart.OfAsync(folder, "--port", "0", "--cert", certificate, "--key", key), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_makes_a_certificate_for_the_names_that_it_is_given()
    {
        using var folder = new TempFolder();

        var made = await ServerProcess.RunAsync(folder.Path, "cert", "--host", "chat.example.org", "--host", "192.0.2.7", "--out", "tls");

        Assert.Equal((0, 0), (made.ExitCode, made.ErrorLines.Count));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["tls", "server.key"]));
        using var certificate = X509Certificate2.CreateFromPemFile(folder["tls", "server.crt"], folder["tls", "server.key"]);
        Assert.True(certificate.HasPrivateKey);
        Assert.True(certificate.MatchesHostname("chat.example.org"));
        Assert.True(certificate.MatchesHostname("192.0.2.7"));
        Assert.False(certificate.MatchesHostname("other.example.org"));
        Assert.True(certificate.NotAfter > TimeProvider.System.GetLocalNow().AddDays(30).DateTime);
        Assert.False(File.Exists(folder["chat_data.db"]));
    }

    [Fact]
    public async Task What_the_command_makes_the_server_serves_and_a_client_can_check_it()
    {
        using var folder = new TempFolder();
        await ServerProcess.RunAsync(folder.Path, "cert", "--host", "localhost");
        using var certificate = X509CertificateLoader.LoadCertificateFromFile(folder["certs", "server.crt"]);

        await using var server = await ServerProcess.StartInAsync(folder.Path, "--host", "127.0.0.1");

        using var socket = new System.Net.Sockets.TcpClient("127.0.0.1", server.Port);
        await using var tls = new System.Net.Security.SslStream(socket.GetStream());
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(certificate);
        // Throws where the chain, the name, the time or the key's usage does not fit.
        await tls.AuthenticateAsClientAsync(
            new System.Net.Security.SslClientAuthenticationOptions { TargetHost = "localhost", CertificateChainPolicy = policy });
        Assert.Equal(certificate.GetCertHashString(HashAlgorithmName.SHA256), tls.RemoteCertificate!.GetCertHashString(HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task An_existing_certificate_is_left_and_that_is_no_failure()
    {
        using var folder = new TempFolder();
        await ServerProcess.RunAsync(folder.Path, "cert");
        var before = FailedStart.Contents(folder.Path);

        var again = await ServerProcess.RunAsync(folder.Path, "cert", "--host", "elsewhere.example.org");

        Assert.Equal(0, again.ExitCode);
        Assert.NotEmpty(again.OutputLines);
        Assert.Equal(before, FailedStart.Contents(folder.Path));
        Assert.Equal(["certs/server.crt", "certs/server.key"], before.Select(f => f.Split(' ')[0]));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_one_clear_line()
    {
        using var folder = new TempFolder();
        await File.WriteAllTextAsync(folder["file"], "");

        Assert.Contains("file", await FailedStart.OfAsync(folder, "cert", "--out", "file/certs"), StringComparison.Ordinal);
    }
}
