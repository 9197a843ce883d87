using System.Globalization;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>The longest names, the most of everything, and text that breaks nowhere: nothing may push anything out of the window.</summary>
public sealed class ExtremesTests(Browser browser) : EndToEndTest(browser)
{
    private const string LongName = "WWWWWWWWWWWWWWWWWWWW"; // The widest of 20 letters.
    private const string LongChannel = "long-meetings-about-meetings-x"; // 30 signs.

    private static readonly string LongDescription = string.Join(' ', Enumerable.Repeat("everything that nobody else wants to hear", 5))[..200];

    [Fact]
    public async Task Nothing_is_too_long_or_too_many_for_the_window()
    {
        var alice = await ComeAsync("alice", 1280, 800);
        await ServerStore.ChangeAsync(Server, Fill);
        await using var bob = await Server.ConnectLevel1Async("bob");
        await bob.SendAsync(new { type = "channel_join", channel = LongChannel });
        await bob.SendAsync(
            new { type = "message", content = "@alice, and @" + LongName + ": look at this, it goes on and on until the line is full and then some more" });
        await Expect(alice.Entry(alice.Channels, LongChannel)).ToContainTextAsync("unread");
        await alice.OpenChannelAsync(LongChannel);
        await Expect(alice.Said("@alice, and")).ToBeVisibleAsync();
        await LookAsync(alice, "extremes-mention");

        // Every kind of message in turn is at the lower end of the list.
        foreach (var kind in (string[])["long", "code", "emoji", "rtl", "quote", "lines"])
        {
            await alice.OpenChannelAsync(kind);
            await Expect(alice.Messages).Not.ToHaveCountAsync(0);
            await LookAsync(alice, $"extremes-{kind}");
        }

        // So many members are drawn in parts.
        await alice.Page.GetByRole(AriaRole.Button, new() { Name = "Show more" }).Last.ClickAsync();
        await alice.Members.GetByRole(AriaRole.Button, new() { Name = LongName }).First.ClickAsync();
        await Expect(alice.Page.GetByText("Member since")).ToBeVisibleAsync();
        await LookAsync(alice, "extremes-profile");
    }

    [Fact]
    public async Task Every_section_of_the_settings_fits_the_smallest_window_in_the_longer_language()
    {
        var alice = await ComeAsync("alice", 900, 600);
        await alice.Button("Settings").ClickAsync();
        await alice.Page.GetByRole(AriaRole.Tab, new() { Name = "Appearance" }).ClickAsync();
        await alice.Page.GetByLabel("Language").SelectOptionAsync("Deutsch");
        await Expect(alice.Page.Locator("html")).ToHaveAttributeAsync("lang", "de"); // Everything is drawn anew.
        await alice.Page.Keyboard.PressAsync("Escape");
        await alice.Button("Einstellungen").ClickAsync();
        var tabs = alice.Dialog("Einstellungen").GetByRole(AriaRole.Tab);
        await Expect(tabs).ToHaveCountAsync(5);

        for (var i = 0; i < 5; i++)
        {
            await tabs.Nth(i).ClickAsync();
            await Expect(tabs.Nth(i)).ToHaveAttributeAsync("aria-selected", "true");
            await Camera.LookAtAsync(alice.Page, string.Create(CultureInfo.InvariantCulture, $"extremes-settings-{i}"), ["dark", "contrast"], (900, 600));
            Assert.False(await alice.Page.GetByRole(AriaRole.Tabpanel).EvaluateAsync<bool>("panel => panel.scrollWidth > panel.clientWidth"));
        }
    }

    [Fact]
    public async Task The_largest_letters_leave_what_is_said_its_room_in_the_smallest_window()
    {
        var alice = await ComeAsync("alice", 900, 600);
        await Expect(alice.Members).ToBeVisibleAsync();

        foreach (var size in (string[])["17.6px", "20px", "24px"])
        {
            await alice.Page.Keyboard.PressAsync("Control++");
            await Expect(alice.Page.Locator("html")).ToHaveCSSAsync("font-size", size);
            Assert.True(
                await alice.Log.EvaluateAsync<double>("log => log.clientWidth / parseFloat(getComputedStyle(document.documentElement).fontSize)") > 19.5);
        }

        await alice.SayAsync("There is room for a sentence of some words.");
        await LookAsync(alice, "extremes-large");
        await alice.Page.SetViewportSizeAsync(1920, 1080);
        await Expect(alice.Members).ToBeVisibleAsync();
    }

    private static async Task LookAsync(Person person, string screen)
    {
        await Camera.LookAtAsync(person.Page, screen);
        var wide = await person.Page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('[role=log], nav, aside')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.className)");
        Assert.Empty(wide);
    }

    private static void Fill(ServerStore store)
    {
        var now = DateTimeOffset.UtcNow.AddDays(-1);
        var alice = store.FindUser("alice");
        var longOne = store.AddUser(LongName, LongDescription[..100]);
        var people = Enumerable.Range(1, 298).Select(i => store.AddUser(string.Create(CultureInfo.InvariantCulture, $"person_{i}"))).ToList();
        store.AddChannel(LongChannel, LongDescription);
        for (var i = 1; i <= 60; i++)
            store.AddChannel(string.Create(CultureInfo.InvariantCulture, $"channel-{i}"));
        foreach (var person in people.Take(30).Append(longOne))
            store.Say(store.AddConversation(alice, person), person, "Hello", now);
        foreach (var (kind, texts) in Texts)
        {
            var channel = store.AddChannel(kind, "x");
            foreach (var (text, i) in texts.Select((text, i) => (text, i)))
                store.Say(channel, i % 3 == 2 ? people[0] : longOne, text, now.AddMinutes(i), kind: i == 3 ? "action" : "message");
        }
    }

    private static readonly Dictionary<string, string[]> Texts = new()
    {
        ["long"] = ["Short.", new string('x', 2_000), "https://example.org/" + new string('y', 300), "waves " + new string('z', 300)],
        ["code"] = ["```csharp\nvar line = \"" + new string('x', 400) + "\";\nvar next = 1;\n```", "Inline `" + new string('c', 300) + "` code",
            "```\n" + string.Join('\n', Enumerable.Range(1, 12).Select(i => $"line {i}")) + "\n```\n> - a `list`\n> - in a quote"],
        ["emoji"] = ["🎉🎉🎉", "👨‍👩‍👧‍👦 🏳️‍🌈 ❤️", "Nice 👍🏽 one", "dances 💃"],
        ["rtl"] =
            ["שלום לכולם, מה שלומכם היום? #general", "مرحبا بالعالم\nHello, world\n- אחת\n- שתיים", "Mixed שלום and English (with brackets).", "אומר שלום"],
        ["quote"] =
        [
            "# Title\n## Smaller\nText\n> quoted\n> > twice\n\n1. one\n2. two\n   - nested\n\n||a spoiler|| and ~~gone~~ **bold *both***",
            "||" + new string('s', 200) + "||",
        ],
        ["lines"] = [string.Join('\n', Enumerable.Range(1, 40).Select(i => $"line {i}")), "a\n\n\n\nb", "one", "two", "three", "four", "five"],
    };
}
