using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>A desktop with no server: what was seen can be read, what is written is kept, and nothing that happens to the process loses a word.</summary>
public sealed class OfflineTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task With_no_server_the_window_shows_what_was_seen()
    {
        var alice = await ComeAsync("alice");
        await alice.SayAsync("/me looks around");
        await alice.SayAsync("seen before");
        await Expect(alice.Said("seen before")).ToHaveAttributeAsync("data-number", "2");
        await Server.KillAsync();

        await alice.RestartDesktopAsync();

        await Expect(alice.Said("seen before")).ToBeVisibleAsync();
        await Expect(alice.Messages).ToHaveCountAsync(2);
        await alice.Button("Details").ClickAsync();
        await Expect(alice.Dialog("#general")).ToContainTextAsync("2 of 2");
        await alice.Dialog("#general").GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(alice.Dialog("#general")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Kill_9_of_the_desktop_loses_no_word_and_says_none_twice()
    {
        var alice = await ComeAsync("alice");
        await alice.SayAsync("while it was well");
        await Expect(alice.Messages).ToHaveCountAsync(1);
        await Server.KillAsync();
        await alice.SayAsync("in the dark");
        await alice.SayAsync("and once more");
        await Expect(alice.Said("and once more")).ToBeVisibleAsync();

        await alice.RestartDesktopAsync(PosixSignalNumber.Kill);
        await Expect(alice.Said("in the dark")).ToBeVisibleAsync();
        await Server.RestartAsync();

        var bob = await ComeAsync("bob");
        await Expect(bob.Said("and once more")).ToBeVisibleAsync();
        await Expect(bob.Messages).ToHaveCountAsync(3);
        await Expect(alice.Messages).ToHaveCountAsync(3);
        await using var later = await RawPeer.ConnectAsync(Server);
        var history = (await later.LogInAsync("bob")).ChannelJoined.Items("history");
        Assert.Equal(["while it was well", "in the dark", "and once more"], history.Select(h => h.Text("content")));
    }
}
