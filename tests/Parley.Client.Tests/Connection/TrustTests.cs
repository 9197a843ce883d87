using Microsoft.Extensions.Time.Testing;
using Parley.Client.Connection;

namespace Parley.Client.Tests.Connection;

public sealed class TrustTests(TlsServer server) : IClassFixture<TlsServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Fingerprint Printed => Fingerprint.Parse(server.Process.Fingerprint)!;

    [Fact]
    public async Task An_unknown_certificate_is_a_question_and_nothing_is_sent_before_the_answer()
    {
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());

        var result = await client.RegisterAsync(server.NewName(), TestClient.Password, Cancel);

        var question = Assert.IsType<LogInResult.UnknownCertificate>(result);
        Assert.Equal(Printed, question.Certificate.Fingerprint);
        Assert.NotEmpty(question.Certificate.Subject);
        Assert.IsType<ConnectionStatus.Offline>(client.Store.State.Connection);
    }

    [Fact]
    public async Task What_the_person_trusts_is_pinned_and_used_from_then_on()
    {
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create());
        var question = Assert.IsType<LogInResult.UnknownCertificate>(await client.RegisterAsync(server.NewName(), TestClient.Password, Cancel));

        client.Trust(question.Certificate.Fingerprint);

        Assert.Equal(Printed, client.Pin);
        Assert.IsType<LogInResult.LoggedIn>(await client.RegisterAsync(server.NewName(), TestClient.Password, Cancel));
    }

    [Fact]
    public async Task A_pin_that_was_given_beforehand_asks_nothing()
    {
        await using var client = await server.RegisterAsync(options: NativeClientOptions.Create() with { Pin = Printed });

        Assert.IsType<ConnectionStatus.Connected>(client.State.Connection);
    }

    [Fact]
    public async Task A_pin_that_no_longer_fits_is_refused_and_offers_no_way_on()
    {
        var pin = Fingerprint.Parse(new string('a', 64))!;
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create() with { Pin = pin });

        var result = await client.LogInAsync("somebody", TestClient.Password, Cancel);

        var changed = Assert.IsType<LogInResult.CertificateChanged>(result);
        Assert.Equal(pin, changed.Pinned);
        Assert.Equal(Printed, changed.Shown.Fingerprint);
        Assert.Equal(OfflineReason.CertificateChanged, Assert.IsType<ConnectionStatus.Offline>(client.Store.State.Connection).Reason);
    }

    /// <summary>As behind the login page of a hotel: nothing is sent to what shows the other certificate, and the right one brings the client back.</summary>
    [Fact]
    public async Task Another_certificate_is_told_and_tried_again_until_the_right_one_is_back()
    {
        await using var own = await ServerProcess.StartAsync("--no-limits");
        var pin = Fingerprint.Parse(own.Fingerprint)!;
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        var options = NativeClientOptions.Create() with { Pin = pin, Time = time };
        await using var client = await TestClient.RegisterAsync(new ServerAddress(own.Host, own.Port), "alice", options);
        var (certificates, aside) = (Path.Combine(own.Folder, "certs"), Path.Combine(own.Folder, "aside"));
        await own.KillAsync();
        Directory.Move(certificates, aside);

        await own.RestartAsync();

        ConnectionStatus.Reconnecting? waiting = null;
        await client.SeesImpatientlyAsync(s => (waiting = s.Connection as ConnectionStatus.Reconnecting) is { IsOfCertificate: true }, "the alarm");
        Assert.Equal(TimeSpan.FromMinutes(1), waiting?.NextTryAt - time.GetUtcNow());
        Assert.NotEqual(pin.Hex, Fingerprint.Parse(own.Fingerprint)!.Hex);
        await own.KillAsync();
        Directory.Delete(certificates, recursive: true);
        Directory.Move(aside, certificates);
        await own.RestartAsync();

        // By itself, as time goes by.
        await client.SeesAsync(
            s =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return s.Connection is ConnectionStatus.Connected;
            },
            "to be back");
    }

    [Fact]
    public async Task Tls_against_a_server_without_it_says_so()
    {
        await using var plain = await ServerProcess.StartAsync("--no-tls");
        await using var client = new ChatClient(new ServerAddress(plain.Host, plain.Port), NativeClientOptions.Create());

        var result = await client.LogInAsync("somebody", TestClient.Password, Cancel);

        Assert.Equal(UnreachableReason.TlsFailed, Assert.IsType<LogInResult.Unreachable>(result).Reason);
    }

    [Fact]
    public async Task No_tls_against_a_server_with_it_says_what_to_try()
    {
        await using var client = new ChatClient(server.Address with { UseTls = false }, NativeClientOptions.Create());

        var result = await client.LogInAsync("somebody", TestClient.Password, Cancel);

        Assert.Contains("Use TLS", Assert.IsType<LogInResult.Unreachable>(result).Message, StringComparison.Ordinal);
    }
}
