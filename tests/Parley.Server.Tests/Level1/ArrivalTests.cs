using System.Globalization;

namespace Parley.Server.Tests.Level1;

/// <summary>Whoever comes while others talk finds each message once: in the history, or behind it.</summary>
[Collection(Level1Server.Name)]
public sealed class ArrivalTests(UnlimitedServer server) : ChatTest(server)
{
    private const int Lines = 3_000;

    [Fact]
    public async Task Whoever_joins_while_others_talk_misses_nothing_and_hears_nothing_twice()
    {
        var alice = await EnterAsync();
        var walker = await EnterAsync();
        var room = await RoomAsync(alice);
        var elsewhere = await NewChannelAsync(alice);
        var talking = TalkAsync(alice, room);

        for (var last = 0; last < Lines - 200;)
        {
            var joined = await walker.SkipAndAskAsync(new { type = "channel_join", channel = room }, "channel_joined");
            last = await FollowsAsync(walker, joined);
            await walker.SkipAndAskAsync(new { type = "channel_join", channel = elsewhere }, "channel_joined");
        }

        await talking;
    }

    [Fact]
    public async Task Whoever_logs_in_while_others_talk_misses_nothing_and_hears_nothing_twice()
    {
        var alice = await EnterAsync();
        var guest = Server.NewName();
        Cast(guest);
        var talking = TalkAsync(alice, "general");

        for (var last = 0; last < Lines - 200;)
        {
            var peer = await ConnectAsync();
            await peer.SendAsync(new { type = "auth_login", username = guest, password = PredecessorDatabase.Password });
            last = await FollowsAsync(peer, await peer.SkipToAsync("channel_joined"));
            await peer.DisposeAsync();
        }

        await talking;
    }

    // What comes live begins where the history ends.
    private static async Task<int> FollowsAsync(Peer peer, Frame joined)
    {
        var history = joined.List("history").Where(h => h["content"]!.GetValue<string>().StartsWith("line ", StringComparison.Ordinal))
            .Select(h => Number(h["content"]!.GetValue<string>())).ToList();
        var last = history.Count == 0 ? 0 : history[^1];
        Assert.Equal(Enumerable.Range(last - history.Count + 1, history.Count), history);
        if (last > Lines - 10)
            return last;
        for (var i = 1; i <= 10; i++)
            Assert.Equal(last + i, Number((await peer.SkipToAsync("message")).Text("content")));
        return last + 10;
    }

    private static int Number(string line) => int.Parse(line.AsSpan("line ".Length), CultureInfo.InvariantCulture);

    private static async Task TalkAsync(Peer speaker, string channel)
    {
        for (var (sent, heard) = (0, 0); heard < Lines;)
        {
            if (sent < Lines && sent - heard < 20)
            {
                await speaker.SendAsync(new { type = "message", channel, content = $"line {++sent}" });
                continue;
            }

            await speaker.SkipToAsync("message");
            heard++;
        }
    }
}
