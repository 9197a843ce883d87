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
        Assert.False(await alice.Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight"));
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
}
