namespace Parley.Server.Tests.Limits;

public sealed class ConnectionLimitTests(LimitedServer server) : ChatTest(server), IClassFixture<LimitedServer>
{
    [Fact]
    public async Task An_address_has_200_connections_and_the_next_is_told_and_closed()
    {
        var peers = new List<Peer>();
        while (peers.Count < 200)
            peers.Add(await ConnectAsync());
        await AnswersAsync(peers[^1]);

        var surplus = await ConnectAsync();
        (await surplus.NextAsync()).ShouldBeRefusal("busy");
        Assert.Empty(await surplus.EndAsync());

        await AnswersAsync(peers[0]);
        foreach (var peer in peers)
            await peer.DisposeAsync();
        await Eventually.TrueAsync(ThereIsRoomAsync, "room for another connection");
    }

    [Fact]
    public async Task Past_a_thousand_frames_at_once_a_connection_is_slowed_down_and_goes_on()
    {
        var alice = await EnterAsync();

        var sending = alice.SendTogetherAsync(Enumerable.Range(0, 1_500).Select(i => new { type = $"odd-{i}" }));
        var answers = await alice.NextAsync(1_500);
        await sending;

        for (var i = 0; i < 990; i++) // The login had a few.
            answers[i].ShouldBeError("unknown", $"Unknown message type: odd-{i}");
        var refused = answers.Where(a => a.Text("code") == "rate_limited").ToList();
        Assert.NotEmpty(refused);
        Assert.All(answers.Except(refused), a => Assert.Equal("unknown", a.Text("code")));
        await Eventually.TrueAsync(async () => (await alice.AskAsync(new { type = "channel_list" })).Type == "channel_info", "an answer again");
    }

    /// <summary>Ten seconds for the first word. Whoever has logged in may be silent as long as they like.</summary>
    [Fact]
    public async Task A_stranger_who_says_nothing_is_closed_and_somebody_idle_is_not()
    {
        var alice = await EnterAsync();
        var stranger = await ConnectAsync();
        var hesitant = await ConnectAsync();
        await hesitant.AskAsync(new { type = "hello" });
        var talkative = await ConnectAsync();

        await AnswersAsync(talkative);

        (await stranger.NextAsync()).ShouldBeRefusal("not_authenticated");
        Assert.Empty(await stranger.EndAsync());
        await alice.HeardNothingAsync();
        (await hesitant.RequestAsync(new { type = "channel_list" })).ShouldBeRefusal("not_authenticated"); // Its next word has a minute.
        // Noise that is no login does not keep the door open.
        Assert.Single(await talkative.EndAsync()).ShouldBeRefusal("not_authenticated");
    }

    [Fact]
    public async Task A_description_has_200_characters_and_nothing_that_paints_over_its_neighbours()
    {
        var alice = await EnterAsync();
        var emoji = string.Concat(Enumerable.Repeat("👋", 200));
        var name = Server.NewChannelName();

        (await alice.AskAsync(new { type = "channel_create", name, description = emoji + "x" })).ShouldBeRefusal("invalid");
        Assert.Equal(
            emoji, (await alice.AskAsync(new { type = "channel_create", name, description = $"{emoji}\n" }))["channel"]!["description"]!.GetValue<string>());
        var odd = await alice.AskAsync(new { type = "channel_create", name = $"{name}-2", description = "a\u202eb\u2066c\u0007d\u200fe" });
        Assert.Equal("abcd\u200fe", odd["channel"]!["description"]!.GetValue<string>());
    }

    private static async Task AnswersAsync(Peer peer) => (await peer.AskAsync(new { type = "x" })).ShouldBeRefusal("not_authenticated");

    private async Task<bool> ThereIsRoomAsync()
    {
        var peer = await ConnectAsync();
        try
        {
            return (await peer.AskAsync(new { type = "x" })).Text("code") == "not_authenticated";
        }
        catch (Exception e) when (e is PeerException or IOException)
        {
            return false; // Closed before it could ask.
        }
        finally
        {
            await peer.DisposeAsync();
        }
    }
}
