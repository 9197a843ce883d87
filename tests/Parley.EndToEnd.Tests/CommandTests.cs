using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>What starts with a slash.</summary>
public sealed class CommandTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task Me_says_what_one_does()
    {
        var alice = await ComeAsync("alice");
        var bob = await ComeAsync("bob");

        await alice.SayAsync("/me waves");

        await Expect(bob.Messages).ToHaveCountAsync(1);
        Assert.Matches(@"alice\s+waves", await bob.Messages.First.InnerTextAsync());
        await Expect(bob.Log).Not.ToContainTextAsync("/me");
    }

    [Fact]
    public async Task Help_shows_the_commands_to_who_asks_and_says_nothing()
    {
        var alice = await ComeAsync("alice");
        await using var listener = await Server.ConnectLevel1Async("listener");

        await alice.SayAsync("/help");

        await Expect(alice.Page.GetByText("/msg NAME TEXT")).ToBeVisibleAsync();
        await Expect(alice.Page.GetByText("/quit")).ToBeVisibleAsync();
        await Expect(alice.Messages).ToHaveCountAsync(0);
        Assert.DoesNotContain(await listener.DrainAsync(), m => m.Type() is "message" or "action");
    }

    [Fact]
    public async Task An_unknown_command_says_so_and_sends_nothing()
    {
        var alice = await ComeAsync("alice");
        await using var listener = await Server.ConnectLevel1Async("listener");

        await alice.SayAsync("/frobnicate now");

        await Expect(alice.Page.GetByText("There is no command /frobnicate.")).ToBeVisibleAsync();
        await Expect(alice.Messages).ToHaveCountAsync(0);
        Assert.DoesNotContain(await listener.DrainAsync(), m => m.Type() is "message" or "action");
    }

    [Fact]
    public async Task Quit_ends_the_program_and_logs_nothing_out()
    {
        await using var listener = await Server.ConnectLevel1Async("listener");
        var alice = await ComeAsync("alice");
        await alice.SayAsync("before");
        Assert.Equal("before", (await listener.SkipToAsync("message")).Text("content"));

        alice.ExpectPageToLoseItsDesktop();
        await alice.SayAsync("/quit");

        Assert.Equal(0, await alice.Desktop.Process.WaitForExitAsync());
        await alice.StartDesktopAgainAsync();
        await Expect(alice.Said("before")).ToBeVisibleAsync();
        await Expect(alice.Username).ToHaveCountAsync(0);
    }
}
