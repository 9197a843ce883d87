using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

public sealed class RestartTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task The_server_restarts_and_everything_is_still_there()
    {
        var alice = await ComeAsync("alice");
        var bob = await ComeAsync("bob");
        await alice.SayAsync("before the restart");
        await alice.SayAsync("/msg bob between us");
        await Expect(alice.TextBox("Message @bob")).ToBeVisibleAsync(); // It goes where the word went.
        await alice.OpenChannelAsync("general");
        await Expect(bob.Said("before the restart")).ToBeVisibleAsync();
        await Expect(Person.Link(bob.DirectMessages, "alice")).ToBeVisibleAsync();

        await Server.RestartAsync();

        await alice.SayAsync("after the restart"); // Written while there may be no connection yet: it is sent when there is one.
        await Expect(bob.Said("after the restart")).ToBeVisibleAsync();
        await Expect(bob.Messages).ToHaveCountAsync(2);
        await Expect(alice.Messages).ToHaveCountAsync(2);
        var carol = await ComeAsync("carol");
        await Expect(carol.Messages).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task The_server_is_killed_and_what_was_acknowledged_is_still_there()
    {
        var alice = await ComeAsync("alice");
        await alice.SayAsync("kept");
        await Expect(alice.Said("kept")).ToHaveAttributeAsync("data-number", "1");
        var (peer, login) = await Server.ConnectLevel2Async("witness");
        await peer.SayAsync(login.ChannelId("general"), "acknowledged");
        await Expect(alice.Messages).ToHaveCountAsync(2);
        await peer.DisposeAsync();

        await Server.KillAsync();
        await Server.RestartAsync();

        await alice.SayAsync("and on it goes");
        await Expect(alice.Said("and on it goes")).ToBeVisibleAsync();
        await using var later = await RawPeer.ConnectAsync(Server);
        var history = (await later.LogInAsync("witness")).ChannelJoined.Items("history");
        Assert.Equal(["kept", "acknowledged"], history.Take(2).Select(h => h.Text("content")));
    }

    [Fact]
    public async Task The_desktop_restarts_and_nobody_logs_in_again()
    {
        var alice = await ComeAsync("alice");
        await alice.SayAsync("before");
        await Expect(alice.Said("before")).ToBeVisibleAsync();

        await alice.RestartDesktopAsync();

        await Expect(alice.Said("before")).ToBeVisibleAsync();
    }
}
