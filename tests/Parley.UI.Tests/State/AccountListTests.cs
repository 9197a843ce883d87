using Parley.Client;
using Parley.Client.Connection;
using Parley.UI.State;

namespace Parley.UI.Tests.State;

public sealed class AccountListTests : IAsyncDisposable
{
    private static readonly ServerAddress One = new("one.example.org", 5050);
    private static readonly ServerAddress Two = new("two.example.org", 5050);
    private static readonly ServerAddress Three = new("three.example.org", 5050);

    private readonly MemoryProfile _profile = new() { Servers = [One, Two, Three], LastServer = Two };
    private readonly AccountList _accounts;

    public AccountListTests() => _accounts = Open(_profile, NativeClientOptions.Create());

    public ValueTask DisposeAsync() => _accounts.DisposeAsync();

    [Fact]
    public void A_server_goes_to_another_place_and_stays_there()
    {
        var changes = 0;
        _accounts.Changed += () => changes++;

        _accounts.Move(_accounts.All[2], 0);

        Assert.Equal([Three, One, Two], _accounts.All.Select(account => account.Server));
        Assert.Equal([Three, One, Two], _profile.Servers);
        Assert.Equal(1, changes);
        _accounts.Move(_accounts.All[0], 9);
        Assert.Equal([One, Two, Three], _profile.Servers);
    }

    [Fact]
    public void At_one_address_there_is_one_server()
    {
        Assert.Same(_accounts.All[0], _accounts.Find(new ServerAddress("ONE.example.org", 5050, UseTls: false)));
        Assert.Null(_accounts.Find(new ServerAddress("one.example.org", 5051)));
    }

    [Fact]
    public async Task A_server_that_was_left_is_forgotten_and_another_comes_into_view()
    {
        _profile.SaveSession(Two, new Session("secret", "alice"));
        var view = new WindowNavigation(_accounts);
        Assert.Equal(Two, view.Account?.Server);

        await _accounts.RemoveAsync(_accounts.All[1], CancellationToken.None);

        Assert.Equal([One, Three], _profile.Servers);
        Assert.Null(_profile.SessionOf(Two));
        Assert.Equal(One, view.Account?.Server);
        Assert.False(new WindowNavigation(_accounts).IsAdding); // The next start is not by the form for the server that was left.
    }

    [Fact]
    public async Task Of_a_server_that_was_left_after_its_session_ended_nothing_stays_but_who_it_is()
    {
        await using var server = new ObligingServer();
        using var folder = new TempFolder();
        var (here, pin) = (server.Address, Fingerprint.Parse(new string('A', 64))!);
        var options = NativeClientOptions.Create(folder.Path);
        MemoryProfile profile = new() { Servers = [here, Two], LastServer = here };
        profile.SaveDrafts(new Dictionary<string, string> { [$"{here} e1 1 1"] = "half", [$"{Two} e1 1 1"] = "another" });
        profile.SaveChannelNotifications(
            new Dictionary<string, RoomNotifications> { [$"{here} e1 1 1"] = new(NotifyLevel.All), [$"{Two} e1 1 1"] = new(NotifyLevel.All) });
        profile.SavePin(here, pin);
        profile.SaveSession(here, new Session(new string('0', 64), "alice"));
        await using (var before = Open(profile, options))
            await before.ResumeAsync(Xunit.TestContext.Current.CancellationToken);
        profile.ForgetSession(here); // As when another device ended it.
        File.WriteAllText(folder["two.example.org_5050_alice.db"], "");
        Assert.True(Directory.GetFiles(folder.Path).Length > 1);
        await using var accounts = Open(profile, options);

        await accounts.RemoveAsync(accounts.All[0], Xunit.TestContext.Current.CancellationToken);

        Assert.Equal([folder["two.example.org_5050_alice.db"]], Directory.GetFiles(folder.Path));
        Assert.Equal([$"{Two} e1 1 1"], profile.Drafts.Keys);
        Assert.Equal([$"{Two} e1 1 1"], profile.ChannelNotifications.Keys);
        Assert.Equal(Two, profile.LastServer);
        Assert.Equal(pin, profile.PinOf(here));
    }

    [Fact]
    public async Task A_server_that_is_busy_at_the_start_is_tried_again_and_nobody_is_logged_out()
    {
        await using var server = new ObligingServer(refusals: 2);
        MemoryProfile profile = new() { Servers = [server.Address] };
        profile.SaveSession(server.Address, new Session(new string('0', 64), "alice"));
        await using var accounts = Open(profile, NativeClientOptions.Create());

        await accounts.ResumeAsync(Xunit.TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => accounts.All[0].Client?.Store.State.Connection is ConnectionStatus.Connected, "the connection");
        Assert.Equal(3, server.Asked("hello").Count);
    }

    // Each screen is a new form, and what was typed into the one before is gone with it.
    [Fact]
    public async Task Who_logs_out_meets_one_login_screen_and_is_told_nothing()
    {
        await using var server = new ObligingServer();
        MemoryProfile profile = new() { Servers = [server.Address] };
        profile.SaveSession(server.Address, new Session(new string('0', 64), "alice"));
        await using var accounts = Open(profile, NativeClientOptions.Create());
        await accounts.ResumeAsync(Xunit.TestContext.Current.CancellationToken);
        var account = accounts.All[0];
        List<LogInResult?> screens = [];
        accounts.Changed += () =>
        {
            if (account.Client is null)
                screens.Add(account.Notice);
        };

        await account.LogOutAsync(Xunit.TestContext.Current.CancellationToken);

        Assert.Equal([null], screens);
        Assert.Null(profile.SessionOf(server.Address));
    }

    [Fact]
    public void A_window_starts_with_the_server_that_was_in_view_last()
    {
        Assert.False(new WindowNavigation(_accounts).IsAdding);
        new WindowNavigation(_accounts).Show(_accounts.All[2]);

        Assert.Equal(Three, new WindowNavigation(_accounts).Account?.Server);
    }

    [Fact]
    public void A_window_that_was_asked_for_another_server_starts_with_its_form()
    {
        _profile.LastServer = new ServerAddress("new.example.org", 5050);

        var view = new WindowNavigation(_accounts);

        Assert.True(view.IsAdding);
        view.Show(_accounts.All[0]);
        Assert.False(view.IsAdding);
    }

    [Fact]
    public async Task Each_client_has_a_place_of_its_own_in_a_window()
    {
        var view = new WindowNavigation(_accounts);
        await using var alice = new ChatClient(One, NativeClientOptions.Create());
        await using var bob = new ChatClient(One, NativeClientOptions.Create());

        view.Of(alice).Select(Given.Music);

        Assert.Equal(Given.Music, view.Of(alice).Selected);
        Assert.Null(view.Of(bob).Selected);
    }

    private static AccountList Open(MemoryProfile profile, ChatClientOptions options) =>
        new(profile, options, new DraftStore(profile, options), new NotificationStore(profile, options));
}
