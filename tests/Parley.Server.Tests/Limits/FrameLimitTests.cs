using Parley.Server.Hosting;

namespace Parley.Server.Tests.Limits;

/// <summary>docs/protocol.md, "Limits": frames of a connection, channels, descriptions.</summary>
public sealed class FrameLimitTests
{
    [Fact]
    public async Task A_connection_sends_200_frames_a_second_and_1000_in_a_burst()
    {
        await using var server = await LocalServer.StartAsync();
        var (peer, _) = await server.EnterLevel2Async(1);
        await using var owned = peer;
        const int SaidByTheLogin = 2;

        Assert.Equal(1_000 - SaidByTheLogin, await PongsBeforeRefusalAsync(peer));
        server.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(200, await PongsBeforeRefusalAsync(peer));
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1_000, await PongsBeforeRefusalAsync(peer));
    }

    [Fact]
    public async Task A_description_has_200_characters_and_none_that_paint_over_others()
    {
        await using var server = await LocalServer.StartAsync();
        var (peer, _) = await server.EnterLevel2Async(1);
        await using var owned = peer;

        var longest = await peer.AskAsync("channel_create", ("name", "longest"), ("description", string.Concat(Enumerable.Repeat("🦜", 200))));
        var tooLong = await peer.AskAsync("channel_create", ("name", "too-long"), ("description", new string('x', 201)));
        await peer.AskAsync("channel_create", ("name", "painted"), ("description", "a\u202Eb\u2066c\u0007d\ne\u0085f\u202A"));

        Assert.Equal("done", longest.Type());
        Assert.Equal(("invalid", "Channel description must be at most 200 characters."), (tooLong.Text("code"), tooLong.Text("message")));
        var list = (await peer.AskAsync("channel_list")).Items("channels");
        Assert.Equal("abcdef", list.Single(c => c.Text("name") == "painted").Text("description"));
    }

    /// <summary>With more than fit a frame, nobody could log in at level 1 any more.</summary>
    [Fact]
    public async Task There_are_500_channels_at_most_and_everybody_still_comes_in()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, NoLimits = true });
        var (vandal, _) = await server.EnterLevel2Async(1);
        await using var owned = vandal;
        var description = string.Concat(Enumerable.Repeat("🦜", 200));
        for (var i = 1; i < 500; i++)
            Assert.Equal("done", (await vandal.AskAsync("channel_create", ("name", $"a-room-with-a-long-name-{i:000}"), ("description", description))).Type());

        var refused = await vandal.AskAsync("channel_create", ("name", "one-more"), ("description", ""));
        var taken = await vandal.AskAsync("channel_create", ("name", "general"), ("description", ""));

        Assert.Equal(("invalid", "There are 500 channels already: no more fit."), (refused.Text("code"), refused.Text("message")));
        Assert.Equal("exists", taken.Text("code"));
        var (newcomer, login) = await server.EnterLevel2Async(2);
        var rest = await newcomer.AskAsync("channel_list", ("cursor", login.Ready.GetProperty("more").Text("channels")));
        Assert.Equal(500, login.Ready.Items("channels").Count + rest.Items("channels").Count);
        await newcomer.DisposeAsync();
        await using var old = await server.ConnectAsync();
        Assert.Equal(500, (await old.LogInAsync(LocalServer.Name(3))).ChannelInfo.Items("channels").Count);
    }

    private static async Task<int> PongsBeforeRefusalAsync(RawPeer peer)
    {
        for (var pongs = 0; ; pongs++)
        {
            var answer = await peer.AskAsync("ping");
            if (answer.Type() == "pong")
                continue;
            Assert.Equal(("rate_limited", "Slow down! Too many messages."), (answer.Text("code"), answer.Text("message")));
            return pongs;
        }
    }
}
