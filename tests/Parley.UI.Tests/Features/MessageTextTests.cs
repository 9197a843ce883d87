using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Text;
using Parley.Protocol.Wire;
using Parley.UI.Features.Messages;
using Parley.UI.Resources;

namespace Parley.UI.Tests.Features;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("**b**", "strong", "b")]
    [InlineData("*i*", "em", "i")]
    [InlineData("~~s~~", "del", "s")]
    [InlineData("`x < y`", "code", "x < y")]
    [InlineData("> q", "blockquote", "q")]
    [InlineData("- one", "ul li", "one")]
    [InlineData("7. seven", "ol li[value='7']", "seven")]
    [InlineData("__u__", "u", "u")]
    [InlineData("# t", ".text__title--1", "t")]
    [InlineData("-# s", ".text__small", "s")]
    [InlineData("```csharp\nvar x = 1;\n```", "pre code", "var x = 1;")]
    [InlineData("```var x = 1;\nvar y = 2;\n```", "pre code", "var x = 1;\nvar y = 2;")]
    [InlineData("```one line```", "pre code", "one line")]
    public async Task Markdown_becomes_elements(string content, string selector, string text)
    {
        await using var ui = new UiContext();

        Assert.Equal(text, Render(ui, content).Find(selector).TextContent.Trim());
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a <b>b</b> &amp; &lt; c")]
    [InlineData("![picture](https://example.org/a.png)")]
    [InlineData("[bad](javascript:alert(1))")]
    [InlineData("[bad](data:text/html,hi)")]
    [InlineData("[foo]: http://example.org \"gone?\"")]
    [InlineData("title\n---")]
    [InlineData("***")]
    [InlineData("a\n\n    b")]
    [InlineData("#general is not a heading")]
    [InlineData("| not | a | table |")]
    public async Task What_is_no_Markdown_of_ours_stands_as_it_was_typed(string content)
    {
        await using var ui = new UiContext();

        var text = Render(ui, content);

        Assert.Equal(Squeeze(content), Squeeze(text.Find(".text").TextContent));
        Assert.Empty(text.FindAll("script, img, b, hr, table, h1, h2, [onerror], a[href^=javascript], a[href^=data]"));
    }

    [Theory]
    [InlineData("see https://example.org/a?b=c now", "https://example.org/a?b=c")]
    [InlineData("[words](https://example.org/)", "https://example.org/")]
    [InlineData("<https://example.org/>", "https://example.org/")]
    public async Task A_link_leads_out_and_tells_nobody_where_from(string content, string address)
    {
        await using var ui = new UiContext();

        var link = Render(ui, content).Find("a");

        Assert.Equal(address, link.GetAttribute("href"));
        Assert.Equal("_blank", link.GetAttribute("target"));
        Assert.Contains("noopener", link.GetAttribute("rel"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@bob", "@bob", "")]
    [InlineData("hi @BOB, hi @alice!", "@bob @alice", "@alice")]
    [InlineData("**@bob** and *@alice*: `@bob`", "@bob @alice", "@alice")]
    [InlineData("@bob_ and @bobby and me@bob.example and \\@bob", "", "")] // Other names, an address, an escape.
    [InlineData("@nobody at https://example.org/@bob", "", "")]
    [InlineData("_@bob_ \\* @alice", "@bob @alice", "@alice")]
    [InlineData("> @bob ||@alice||", "@bob @alice", "@alice")]
    [InlineData("```\n@bob\n```\n> @alice", "@alice", "@alice")]
    public async Task A_member_s_name_behind_an_at_sign_is_a_mention(string content, string mentions, string mine)
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());

        var text = Render(ui, content);

        Assert.Equal(mentions, string.Join(' ', text.FindAll(".text__mention").Select(e => e.TextContent)));
        Assert.Equal(mine, string.Join(' ', text.FindAll(".text__mention--me").Select(e => e.TextContent)));
        Assert.Equal(
            Mentions.Users(content).Where(name => name.ToLowerInvariant() is "alice" or "bob").Select(name => "@" + name.ToLowerInvariant()),
            text.FindAll(".text__mention").Select(e => e.TextContent));
    }

    [Fact]
    public async Task A_mention_of_somebody_new_is_one_as_soon_as_they_are_known()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var text = Render(ui, "welcome, @Carol!");
        Assert.Equal("welcome, @Carol!", text.Find(".text").TextContent);

        ui.Hear(new PresenceChanged([new MemberState(new UserId(3), "carol", MemberStatus.Online)]));

        text.WaitForAssertion(() => Assert.Equal("@carol", text.Find("button.text__mention").TextContent));
        Assert.Equal("welcome, @carol!", text.Find(".text").TextContent);
    }

    [Fact]
    public async Task A_sign_stands_before_its_name_in_a_line_that_runs_from_right_to_left()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());

        var text = Render(ui, "שלום @bob #general #nowhere @nobody");

        Assert.Equal(["@bob", "#general", "#nowhere", "@nobody"], text.FindAll("[dir=ltr]").Select(name => name.TextContent));
    }

    [Fact]
    public async Task A_spoiler_shows_itself_when_it_is_asked()
    {
        await using var ui = new UiContext();
        var text = Render(ui, "the killer is ||the butler||");
        Assert.Equal("true", text.Find(".spoiler__text").GetAttribute("aria-hidden"));

        await text.Find(".spoiler button").ClickAsync(new());

        Assert.Equal("the butler", text.Find(".spoiler--shown").TextContent.Trim());
    }

    [Fact]
    public async Task All_parts_of_a_spoiler_show_themselves_at_once_and_one_of_them_is_reached_by_keys()
    {
        await using var ui = new UiContext();
        var text = Render(ui, "||one\n> two\n- three|| and ||four||");
        Assert.Equal(4, text.FindAll(".spoiler").Count);
        Assert.Equal(2, text.FindAll(".spoiler button").Count);

        await text.FindAll(".spoiler")[2].ClickAsync(new());

        Assert.Equal(["one", "two", "three"], text.FindAll(".spoiler--shown").Select(part => part.TextContent.Trim()));
        Assert.Equal("four", text.Find(".spoiler__text").TextContent);
    }

    [Fact]
    public async Task A_point_in_time_is_in_the_zone_and_habits_of_the_reader_and_goes_with_the_clock()
    {
        await using var ui = new UiContext();
        ui.Time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("two", TimeSpan.FromHours(2), "two", "two"));
        var now = ui.Time.GetUtcNow().ToUnixTimeSeconds();
        var text = Render(ui, $"<t:0:t> <t:{now + 90}:R> <t:{now - 7_200}:R>");
        Assert.Equal(new DateTime(1970, 1, 1, 2, 0, 0).ToString("t", Language.Formats), text.FindAll("time")[0].TextContent);
        Assert.Equal(["in 2 minutes", "2 hours ago"], text.FindAll("time").Skip(1).Select(time => time.TextContent));

        ui.Time.Advance(TimeSpan.FromSeconds(60));

        text.WaitForAssertion(() => Assert.Equal("in 30 seconds", text.FindAll("time")[1].TextContent), Deadline.Default);
    }

    [Fact]
    public async Task A_number_is_shown_as_it_was_typed()
    {
        await using var ui = new UiContext();

        var items = Render(ui, "3. red\n2) blue\n07. green\n008) white").FindAll("li");

        Assert.Equal(["3", "2", "7", "8"], items.Select(item => item.GetAttribute("value")));
        Assert.Equal([null, "text__item--1p", "text__item--2", "text__item--3p"], items.Select(item => item.GetAttribute("class")));
    }

    [Theory]
    [InlineData("😀", true)]
    [InlineData("👍🏽 👨‍👩‍👧 🇩🇪", true)]
    [InlineData(":tada::+1:", true)]
    [InlineData("1️⃣ ❤️ 🏴󠁧󠁢󠁳󠁣󠁴󠁿", true)]
    [InlineData(":nonsense:", false)]
    [InlineData("1", false)]
    [InlineData("ok 😀", false)]
    [InlineData("  ", false)]
    public async Task Emoji_alone_are_large(string content, bool isLarge)
    {
        await using var ui = new UiContext();

        Assert.Equal(isLarge, Render(ui, content).Markup.Contains("text--emoji", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_more_than_27_emoji_are_large()
    {
        await using var ui = new UiContext();

        Assert.Contains("text--emoji", Render(ui, string.Concat(Enumerable.Repeat("👩🏽‍🚀", 27))).Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("text--emoji", Render(ui, string.Concat(Enumerable.Repeat("👩🏽‍🚀", 28))).Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Well :tada: done", "Well 🎉 done")]
    [InlineData("**:+1:**", "👍")]
    [InlineData(":nonsense: 12:30:15 :)", ":nonsense: 12:30:15 :)")]
    [InlineData("`:tada:`", ":tada:")]
    [InlineData("https://example.org/:tada:/x", "https://example.org/:tada:/x")]
    public async Task A_name_between_colons_is_its_emoji_but_not_in_code_or_addresses(string content, string text)
    {
        await using var ui = new UiContext();

        Assert.Equal(text, Render(ui, content).Find(".text").TextContent.Trim());
    }

    [Theory]
    [InlineData("#general", "channels/general")]
    [InlineData("(see #Music, too)", "channels/music")]
    public async Task A_channel_s_name_leads_there(string content, string address)
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());

        var link = Render(ui, content).Find("a");
        await link.ClickAsync(new());

        Assert.Equal(address, link.GetAttribute("href"), ignoreCase: true);
        Assert.Equal(content.Contains("general", StringComparison.Ordinal) ? Given.General : Given.Music, ui.Ui.Selected);
    }

    [Theory]
    [InlineData("#nowhere")]
    [InlineData("C#general")]
    [InlineData("##general")]
    [InlineData("#general_x")]
    [InlineData("`#general`")]
    public async Task What_is_no_channel_s_name_stands_as_it_was_typed(string content)
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());

        var text = Render(ui, content);

        Assert.Empty(text.FindAll("a"));
        Assert.Equal(content.Trim('`'), text.Find(".text").TextContent.Trim());
    }

    [Theory]
    [InlineData("שלום\n\nhello", ".text__block", "auto")]
    [InlineData("- שלום\n- hello", "li:first-child", "rtl")]
    [InlineData("- שלום\n- hello", "li:last-child", "ltr")]
    [InlineData("1. 123 مرحبا", "li", "rtl")]
    [InlineData("> **مرحبا** hello", "blockquote", "rtl")]
    [InlineData("> hello שלום", "blockquote", "ltr")]
    public async Task Each_block_runs_its_own_way(string content, string selector, string direction)
    {
        await using var ui = new UiContext();

        Assert.Equal(direction, Render(ui, content).Find(selector).GetAttribute("dir"));
    }

    [Theory]
    [InlineData(">")]
    [InlineData("> ")]
    [InlineData("- ")]
    [InlineData("1. ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("*a **b ")]
    [InlineData("||a ~~b ")]
    [InlineData("<")]
    [InlineData("`")]
    public async Task What_is_nested_beyond_all_sense_is_shown_all_the_same(string sign)
    {
        await using var ui = new UiContext();
        var content = string.Concat(Enumerable.Repeat(sign, (ContentRule.MaxLength - 3) / sign.Length)) + "end";

        Assert.Contains("end", Render(ui, content).Find(".text").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_letter_vanishes_whatever_signs_stand_around_it()
    {
        await using var ui = new UiContext();
        var random = new Random(20261122);
        string[] parts =
        [
            "q", "jj", "z", " ", "\n", "\n\n", "*", "**", "_", "~~", "||", "`", "```", "~~~", "> ", "- ", "1. ", "# ", "[", "]", "(", ")", "![", "<", ">",
            "\\", ":", "@", "|", "&", "    ", "\t", "=", "---", "__", "http://z.z", "<t:1:R>", "# ", "-# ", ">>> ",
        ];

        for (var round = 0; round < 3_000; round++)
        {
            var content = string.Concat(Enumerable.Range(0, random.Next(1, 30)).Select(_ => parts[random.Next(parts.Length)])) + "q";
            var shown = Render(ui, content).Find(".text").TextContent.Replace("Copy", "", StringComparison.Ordinal);
            Assert.True("qjz".All(letter => content.Count(letter) <= shown.Count(letter)), $"{content}\n\nbecame\n\n{shown}");
        }
    }

    private static string Squeeze(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));

    private static IRenderedComponent<MessageText> Render(UiContext ui, string content) =>
        ui.Render<MessageText>(parameters => parameters.Add(text => text.Content, content));
}
