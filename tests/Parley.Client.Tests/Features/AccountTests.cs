using Parley.Client.Connection;

namespace Parley.Client.Tests.Features;

/// <summary>The password, and where somebody is logged in.</summary>
public sealed class AccountTests(UnlimitedServer server) : IClassFixture<UnlimitedServer>
{
    private const string New = "battery staple";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Another_password_keeps_this_client_and_ends_the_others()
    {
        await using var alice = await server.RegisterAsync();
        await using var phone = await alice.AnotherWindowAsync();
        var former = alice.Client.Session;

        Assert.Null(await alice.Client.ChangePasswordAsync(TestClient.Password, New, Cancel));

        Assert.NotEqual(former, alice.Client.Session);
        await phone.SeesAsync(
            s => s.Connection is ConnectionStatus.Offline { Reason: OfflineReason.LoggedOut, Message: "Your password was changed. Log in with the new one." },
            "the end");
        Assert.Null(phone.Client.Session);
        Assert.IsType<ConnectionStatus.Connected>(alice.State.Connection);
        await using var again = await alice.AnotherWindowAsync(); // By the new session.
    }

    [Fact]
    public async Task After_a_break_the_client_comes_back_by_the_new_session()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync(through: wire.Address);
        Assert.Null(await alice.Client.ChangePasswordAsync(TestClient.Password, New, Cancel));

        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");
        wire.Restore();

        await alice.SeesImpatientlyAsync(s => s.Connection is ConnectionStatus.Connected, "the return");
    }

    [Fact]
    public async Task A_wrong_password_is_a_refusal_in_words()
    {
        await using var alice = await server.RegisterAsync();
        var session = alice.Client.Session;

        Assert.Equal("That is not your current password.", (await alice.Client.ChangePasswordAsync("wrong horse", New, Cancel))?.Message);

        Assert.Equal(session, alice.Client.Session);
    }

    [Fact]
    public async Task Another_device_is_logged_out_from_here()
    {
        await using var alice = await server.RegisterAsync();
        await using var phone = new ChatClient(server.Address, NativeClientOptions.Create() with { Program = "parley-phone 3.1" });
        Assert.IsType<LogInResult.LoggedIn>(await phone.LogInAsync(alice.State.User!.Username, TestClient.Password, Cancel));
        var sessions = (await alice.Client.ListSessionsAsync(Cancel)).Value;
        Assert.Equal(2, sessions.Count);
        Assert.Equal(NativeClientOptions.Create().Program, sessions.Single(s => s.Current).Client);
        var other = sessions.Single(s => s.Client == "parley-phone 3.1");

        Assert.Null(await alice.Client.EndSessionAsync(other.Id, Cancel));

        await Eventually.TrueAsync(() => phone.Store.State.Connection is ConnectionStatus.Offline { Reason: OfflineReason.LoggedOut }, "the phone's end");
        Assert.Equal("There is no such session any more.", (await alice.Client.EndSessionAsync(other.Id, Cancel))?.Message);
        Assert.Null(await alice.Client.EndOtherSessionsAsync(Cancel));
        Assert.Single((await alice.Client.ListSessionsAsync(Cancel)).Value);
    }
}
