namespace Parley.Server.Tests.Level1;

/// <summary>The only tests of level 1 on a server that has its limits.</summary>
public sealed class RateLimitTests(LimitedServer server) : ChatTest(server), IClassFixture<LimitedServer>
{
    private const string SlowDown = "Slow down! Too many messages.";

    [Fact]
    public async Task The_sixth_message_of_a_second_is_refused_and_not_stored()
    {
        var alice = await EnterAsync();
        var room = await RoomAsync(alice);

        await alice.SendTogetherAsync(Enumerable.Range(1, 7).Select(i => new { type = "message", content = $"{i}" }));

        Assert.Equal(["1", "2", "3", "4", "5"], (await alice.NextAsync(5)).Select(f => f.Text("content")));
        (await alice.NextAsync()).ShouldBeError("rate_limited", SlowDown);
        (await alice.NextAsync()).ShouldBeError("rate_limited", SlowDown);
        Assert.Equal(5, (await alice.AskAsync(new { type = "channel_join", channel = room })).List("history").Count);
    }

    [Fact]
    public async Task Messages_actions_and_private_messages_count_together_and_over_all_connections()
    {
        var bob = await EnterAsync();
        var first = await EnterAsync();
        var second = await EnterAsync(first.Name);
        await RoomAsync(first);

        object[] four = [
            new { type = "message", content = "m" }, new { type = "action", content = "a" }, new { type = "private_message", to = bob.Name, content = "p" },
            new { type = "channel_list" }, new { type = "message", content = "m" }];
        await Task.WhenAll(first.SendTogetherAsync(four), second.SendTogetherAsync(four));
        var answers = (await first.NextAsync(5)).Concat(await second.NextAsync(5)).Where(f => f.Type != "channel_info").ToList();

        Assert.Equal(5, answers.Count(f => f.Type is "message" or "action" or "private_message"));
        var refused = answers.Where(f => f.Type == "error").ToList();
        Assert.Equal(3, refused.Count);
        Assert.All(refused, f => f.ShouldBeError("rate_limited", SlowDown));
    }

    [Fact]
    public async Task The_limit_counts_before_it_looks_at_the_content()
    {
        var alice = await EnterAsync();

        await alice.SendTogetherAsync(Enumerable.Repeat(new { type = "message", content = "" }, 5).Append(new { type = "message", content = "not blank" })
            .Append(new { type = "message", content = "" }));

        Assert.All(await alice.NextAsync(5), f => f.ShouldBeError("invalid", "Message cannot be empty."));
        (await alice.NextAsync()).ShouldBeError("rate_limited", SlowDown);
        (await alice.NextAsync()).ShouldBeError("rate_limited", SlowDown);
    }

    [Fact]
    public async Task Each_user_has_a_limit_of_their_own()
    {
        var alice = await EnterAsync();
        var bob = await EnterAsync();
        await RoomAsync(alice);
        await alice.SendTogetherAsync(Enumerable.Range(1, 6).Select(i => new { type = "message", content = $"{i}" }));
        await alice.SkipToAsync("error");

        await bob.SendAsync(new { type = "message", channel = alice.Channel, content = "and I?" });

        Assert.Equal("and I?", (await alice.NextAsync("message")).Text("content"));
    }

    [Fact]
    public async Task What_is_not_said_does_not_count()
    {
        var alice = await EnterAsync();
        await RoomAsync(alice);

        await alice.SendTogetherAsync([
            .. Enumerable.Repeat<object>(new { type = "channel_list" }, 10), .. Enumerable.Repeat<object>(new { type = "user_list" }, 10),
            .. Enumerable.Repeat<object>(new { type = "nonsense" }, 10), .. Enumerable.Range(1, 5).Select(i => new { type = "message", content = $"{i}" })]);

        await alice.NextAsync(30);
        Assert.Equal(["1", "2", "3", "4", "5"], (await alice.NextAsync(5)).Select(f => f.Text("content")));
    }

    /// <summary>
    /// Tries without a pause: were refusals counted, no other message would ever pass; were the second a fixed one, ten could pass around its end.
    /// </summary>
    [Fact]
    public async Task The_second_slides_and_refusals_do_not_count()
    {
        var alice = await EnterAsync();
        await RoomAsync(alice);
        var passed = new List<(long Sent, long Answered)>();
        var time = TimeProvider.System;
        var started = time.GetTimestamp();

        while (passed.Count < 18)
        {
            Assert.True(time.GetElapsedTime(started) < Deadline.Default, $"Only {passed.Count} passed.");
            var sent = time.GetTimestamp();
            var answer = await alice.AskAsync(new { type = "message", content = "again" });
            if (answer.Type == "message")
                passed.Add((sent, time.GetTimestamp()));
            else
                answer.ShouldBeRefusal("rate_limited"); // At this pace the limit on frames has its word to say, too.
        }

        // It arrived after it was sent and before it was answered, so between these two lies at least the second between the arrivals, however slow the machine
        // is.
        Assert.All(passed.Zip(passed.Skip(5)), pair => Assert.True(time.GetElapsedTime(pair.First.Sent, pair.Second.Answered) >= TimeSpan.FromSeconds(1)));
    }
}

/// <summary>What <c>--message-rate</c> does.</summary>
public sealed class MessageRateOptionTests
{
    [Theory]
    [InlineData("2", 2)]
    [InlineData("1", 1)]
    [InlineData("40", 40)]
    public async Task The_option_says_how_many_messages_a_second_pass(string rate, int passing)
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--message-rate", rate);
        await using var alice = await server.ConnectLevel1Async("alice");

        await alice.SendBytesAsync(Enumerable.Range(0, passing + 1).SelectMany(i => RawPeer.Frame(new { type = "message", content = $"{i}" })).ToArray());

        for (var i = 0; i < passing; i++)
            await alice.ReceiveAsync("message");
        Assert.Equal("rate_limited", (await alice.ReceiveAsync("error")).Text("code"));
    }

    [Fact]
    public async Task Zero_is_no_limit()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--message-rate", "0");
        await using var alice = await server.ConnectLevel1Async("alice");

        await alice.SendBytesAsync(Enumerable.Range(0, 200).SelectMany(i => RawPeer.Frame(new { type = "message", content = $"{i}" })).ToArray());

        for (var i = 0; i < 200; i++)
            Assert.Equal($"{i}", (await alice.ReceiveAsync("message")).Text("content"));
    }
}
