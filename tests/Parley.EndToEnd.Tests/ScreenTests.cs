using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>What a screen reader finds, and what fits the smallest window.</summary>
public sealed class ScreenTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task Everything_is_in_view_in_the_smallest_window()
    {
        var alice = await ComeAsync("alice", 900, 600);

        await Expect(alice.Members).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(alice.Members.GetByText("alice")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(Person.Link(alice.Channels, "general")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(alice.Composer).ToBeInViewportAsync(new() { Ratio = 1 });
        await Expect(alice.Button("Send")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.False(
            await alice.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"));
    }

    [Fact]
    public async Task Going_to_another_conversation_loads_no_page()
    {
        var alice = await ComeAsync("alice");
        await using var bob = await Server.ConnectLevel1Async("bob");
        await bob.SendAsync(new { type = "channel_create", name = "music" });
        await Expect(Person.Link(alice.Channels, "music")).ToBeVisibleAsync();
        var asked = new List<string>();
        alice.Page.Request += (_, request) => asked.Add(request.Url);

        await alice.OpenChannelAsync("music");
        await alice.SayAsync("here");
        Assert.Equal("here", (await ListenAsync(bob, "music")).Text("content"));
        await alice.OpenChannelAsync("general");

        // What the program brings along by itself (a style, a font) is no page.
        Assert.DoesNotContain(asked, url => url.Contains("/channels/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_message_is_read_out_as_its_author_and_its_text()
    {
        var alice = await ComeAsync("alice");

        await alice.SayAsync("Hello");

        await Expect(alice.Messages).ToHaveCountAsync(1);
        await Expect(alice.Log).ToHaveAttributeAsync("role", "log");
        Assert.Matches(@"(?s)alice.*Hello", await alice.Messages.First.InnerTextAsync());
    }

    private static async Task<System.Text.Json.JsonElement> ListenAsync(RawPeer peer, string channel)
    {
        await peer.SendAsync(new { type = "channel_join", channel });
        var joined = await peer.SkipToAsync("channel_joined");
        return joined.Items("history") is [var first, ..] ? first : await peer.SkipToAsync("message");
    }
}
