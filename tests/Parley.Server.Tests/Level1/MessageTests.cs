namespace Parley.Server.Tests.Level1;

[Collection(Level1Server.Name)]
public sealed class MessageTests(UnlimitedServer server) : ChatTest(server)
{
    private const string Empty = "Message cannot be empty.";
    private const string Long = "Message must be at most 2000 characters.";

    [Fact]
    public async Task A_message_reaches_all_in_the_channel_the_sender_included()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var room = await RoomAsync(alice, bob);

        var echo = await alice.AskAsync(new { type = "message", content = "Hello 👋" });

        echo.ShouldBe(new { type = "message", channel = room, sender = alice.Name, content = "Hello 👋", timestamp = "<time>", id = "<id>" });
        Assert.Equal(echo.Raw, (await bob.NextAsync()).Raw);
    }

    [Fact]
    public async Task An_action_reaches_all_in_the_channel_and_bears_no_id()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var room = await RoomAsync(alice, bob);

        var echo = await alice.AskAsync(new { type = "action", content = "waves" });

        echo.ShouldBe(new { type = "action", channel = room, sender = alice.Name, content = "waves", timestamp = "<time>" });
        Assert.Equal(echo.Raw, (await bob.NextAsync()).Raw);
    }

    [Fact]
    public async Task Those_in_other_channels_hear_nothing_of_it()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        await RoomAsync(alice);

        await alice.AskAsync(new { type = "message", content = "to myself" });
        await alice.AskAsync(new { type = "action", content = "listens" });

        await NothingReachedAsync(bob, alice);
    }

    [Fact]
    public async Task A_message_may_name_its_channel_in_any_case()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var room = await RoomAsync(alice, bob);

        var echo = await alice.AskAsync(new { type = "message", channel = $" {room.ToUpperInvariant()} ", content = "here" });

        echo.ShouldBe(new { type = "message", channel = room, sender = alice.Name, content = "here", timestamp = "<time>", id = "<id>" });
    }

    [Fact]
    public async Task A_message_to_another_channel_is_said_there()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var room = await RoomAsync(bob);

        await alice.SendAsync(new { type = "message", channel = room, content = "from outside" });

        (await bob.NextAsync()).ShouldBe(
            new { type = "message", channel = room, sender = alice.Name, content = "from outside", timestamp = "<time>", id = "<id>" });
    }

    [Fact]
    public async Task Ids_and_times_rise()
    {
        var alice = await EnterAsync();
        await RoomAsync(alice);
        var said = new List<Frame>();
        for (var i = 0; i < 10; i++)
            said.Add(await alice.AskAsync(new { type = "message", content = $"{i}" }));

        Assert.Equal(said.Select(f => f.Number("id")).Distinct().Order(), said.Select(f => f.Number("id")));
        Assert.Equal(said.Select(f => f.Text("timestamp")).Order(StringComparer.Ordinal), said.Select(f => f.Text("timestamp")));
    }

    [Theory]
    [InlineData("message")]
    [InlineData("action")]
    public async Task A_channel_that_is_not_there_is_not_found(string type)
    {
        var alice = await EnterAsync();

        (await alice.AskAsync(new { type, channel = "No-Where", content = "hi" })).ShouldBeError("not_found", "Channel 'no-where' not found.");
    }

    [Theory]
    [InlineData("""{"content":""}""")]
    [InlineData("""{"content":null}""")]
    [InlineData("{}")]
    [InlineData("""{"content":"  \n\t  "}""")]
    [InlineData("""{"content":"\u0000\u0007\u001f"}""")]
    [InlineData("""{"content":" \u0008 \r\n "}""")]
    public async Task What_is_blank_is_refused(string fields)
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        foreach (var (type, to) in new[] { ("message", null), ("action", null), ("private_message", bob.Name) })
        {
            var request = System.Text.Json.Nodes.JsonNode.Parse(fields)!.AsObject();
            request["type"] = type;
            request["to"] = to;

            (await alice.AskAsync(request)).ShouldBeError("invalid", Empty);
        }
    }

    [Theory]
    [InlineData("x", 2000)]
    [InlineData("👋", 2000)] // 4,000 UTF-16 units, 8,000 bytes.
    public async Task The_longest_message_goes_through_whole(string character, int count)
    {
        var alice = await EnterAsync();
        await RoomAsync(alice);
        var content = string.Concat(Enumerable.Repeat(character, count));

        var echo = await alice.AskAsync(new { type = "message", content });

        Assert.Equal(content, echo.Text("content"));
    }

    [Fact]
    public async Task What_is_too_long_is_refused()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var emoji = string.Concat(Enumerable.Repeat("👋", 2001));

        (await alice.AskAsync(new { type = "message", content = new string('x', 2001) })).ShouldBeError("invalid", Long);
        (await alice.AskAsync(new { type = "message", content = emoji })).ShouldBeError("invalid", Long);
        (await alice.AskAsync(new { type = "action", content = emoji })).ShouldBeError("invalid", Long);
        (await alice.AskAsync(new { type = "private_message", to = bob.Name, content = emoji })).ShouldBeError("invalid", Long);
        (await alice.AskAsync(new { type = "message", content = new string(' ', 2001) })).ShouldBeError("invalid", Empty);
    }

    [Fact]
    public async Task The_length_is_that_of_what_was_sent_before_anything_is_removed()
    {
        var alice = await EnterAsync();

        (await alice.AskAsync(new { type = "message", content = new string('x', 2000) + '\u0001' })).ShouldBeError("invalid", Long);
    }

    [Theory]
    [InlineData("  both ends stay  ", "  both ends stay  ")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("a\r\nb\u0000c\u001bd", "a\nbcd")]
    [InlineData("\u007f\u0085\u202e kept", "\u007f\u0085\u202e kept")]
    [InlineData("<b>&amp;\"quoted\" \\ back</b>", "<b>&amp;\"quoted\" \\ back</b>")]
    [InlineData("{\"type\":\"error\"}", "{\"type\":\"error\"}")]
    [InlineData("e\u0301 is not \u00e9, 👩‍👩‍👧", "e\u0301 is not \u00e9, 👩‍👩‍👧")]
    public async Task Text_is_kept_to_the_letter_but_for_control_characters(string content, string kept)
    {
        var alice = await EnterAsync();
        var room = await RoomAsync(alice);

        var echo = await alice.AskAsync(new { type = "message", content });

        Assert.Equal(kept, echo.Text("content"));
        Assert.Equal([kept], (await alice.AskAsync(new { type = "channel_join", channel = room })).Names("history", "content"));
    }

    [Fact]
    public async Task A_refused_message_is_not_stored()
    {
        var alice = await EnterAsync();
        var room = await RoomAsync(alice);

        await alice.AskAsync(new { type = "message", content = "\u0001" });
        await alice.AskAsync(new { type = "message", content = new string('x', 2001) });

        Assert.Empty((await alice.AskAsync(new { type = "channel_join", channel = room })).List("history"));
    }
}
