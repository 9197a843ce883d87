namespace Parley.Server.Tests.Level1;

[Collection(Level1Server.Name)]
public sealed class PrivateMessageTests(UnlimitedServer server) : ChatTest(server)
{
    [Fact]
    public async Task The_receiver_gets_it_and_the_sender_an_echo_with_the_name_as_written()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var to = bob.Name.ToUpperInvariant();

        var echo = await alice.AskAsync(new { type = "private_message", to, content = "psst" });

        echo.ShouldBe(new { type = "private_message", from = alice.Name, to, content = "psst", timestamp = "<time>" });
        (await bob.NextAsync()).ShouldBe(new { type = "private_message", from = alice.Name, content = "psst", timestamp = echo.Text("timestamp") });
    }

    [Fact]
    public async Task It_goes_to_all_connections_of_the_receiver_and_its_echo_to_the_one_that_asked()
    {
        var alice = await EnterAsync();
        var aliceElsewhere = await EnterAsync(alice.Name);
        var bob = await EnterAsync();
        var bobElsewhere = await EnterAsync(bob.Name);
        await RoomAsync(bobElsewhere);

        await alice.AskAsync(new { type = "private_message", to = bob.Name, content = "psst" });

        var received = await bob.NextAsync("private_message");
        Assert.Equal(received.Raw, (await bobElsewhere.NextAsync("private_message")).Raw);
        await NothingReachedAsync(aliceElsewhere, bob);
    }

    [Fact]
    public async Task Nobody_else_gets_it()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        var carol = await EnterAsync();

        await alice.AskAsync(new { type = "private_message", to = bob.Name, content = "psst" });

        await NothingReachedAsync(carol, alice);
        Assert.DoesNotContain("psst", (await carol.AskAsync(new { type = "channel_join", channel = "general" })).Names("history", "content"));
    }

    [Fact]
    public async Task Who_is_away_gets_it_once_after_channel_joined_at_the_next_login()
    {
        var alice = await EnterAsync();
        var away = Server.NewName();
        var first = await alice.AskAsync(new { type = "private_message", to = away, content = "one" });
        var second = await alice.AskAsync(new { type = "private_message", to = away.ToLowerInvariant(), content = "two\nlines" });
        first.ShouldBe(new { type = "private_message", from = alice.Name, to = away, content = "one", timestamp = "<time>" });

        var bob = await EnterAsync(away);

        (await bob.NextAsync()).ShouldBe(new { type = "private_message", from = alice.Name, content = "one", timestamp = first.Text("timestamp") });
        (await bob.NextAsync()).ShouldBe(new { type = "private_message", from = alice.Name, content = "two\nlines", timestamp = second.Text("timestamp") });
        await bob.HeardNothingAsync();
        var again = await EnterAsync(away);
        await again.HeardNothingAsync();
    }

    [Fact]
    public async Task What_was_delivered_at_once_is_not_delivered_again()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        await alice.AskAsync(new { type = "private_message", to = bob.Name, content = "psst" });
        await bob.NextAsync("private_message");
        await bob.DisposeAsync();
        await alice.SkipToAsync("user_left");

        var again = await EnterAsync(bob.Name);

        await again.HeardNothingAsync();
    }

    [Fact]
    public async Task Nobody_of_that_name_is_not_found()
    {
        var alice = await EnterAsync();

        (await alice.AskAsync(new { type = "private_message", to = "Nobody_Here", content = "hi" })).ShouldBeError(
            "not_found", "User 'Nobody_Here' not found or offline.");
    }

    [Theory]
    [InlineData("""{"type":"private_message","content":"hi"}""")]
    [InlineData("""{"type":"private_message","to":null,"content":"hi"}""")]
    [InlineData("""{"type":"private_message","to":"","content":"hi"}""")]
    public async Task A_missing_name_is_nobody(string request)
    {
        var alice = await EnterAsync();

        await alice.SendTextAsync(request);

        (await alice.NextAsync()).ShouldBeError("not_found", "User '' not found or offline.");
    }

    [Fact]
    public async Task Whoever_has_no_channel_may_still_whisper()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        await alice.SendAsync(new { type = "channel_leave" });

        (await alice.AskAsync(new { type = "private_message", to = bob.Name, content = "psst" })).ShouldBe(
            new { type = "private_message", from = alice.Name, to = bob.Name, content = "psst", timestamp = "<time>" });
    }

    [Fact]
    public async Task Control_characters_are_removed_here_too()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();

        var echo = await alice.AskAsync(new { type = "private_message", to = bob.Name, content = " a\u0007b\r\n" });

        Assert.Equal(" ab\n", echo.Text("content"));
    }
}
