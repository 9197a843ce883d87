using Parley.Protocol.Wire;
using Parley.Server.Features.Rights;
using Parley.Server.Storage.Sqlite;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Rights;

/// <summary>What is not seen is not there, by whatever way it is asked for; what is seen and not written is refused.</summary>
public sealed class ChannelRightTests
{
    private const int Insider = 1;
    private const int Outsider = 2;

    [Fact]
    public async Task A_channel_that_one_does_not_see_is_there_by_no_way()
    {
        await using var server = await LocalServer.StartAsync();
        var (insider, _) = await server.EnterLevel2Async(Insider);
        await using var alice = insider;
        var id = (await alice.AskAsync("channel_create", ("name", "board"))).Number("channel_id");
        Set(server, id, member: null, allow: ChannelRights.None, deny: ChannelRights.See);
        Set(server, id, Insider, allow: ChannelRights.See, deny: ChannelRights.None);
        Assert.Equal("ack", (await alice.AskAsync("message", ("channel_id", id), ("content", $"for @{LocalServer.Name(Outsider)}"))).Text("type"));

        var (outsider, login) = await server.EnterLevel2Async(Outsider);
        await using var bob = outsider;

        Assert.DoesNotContain(login.Ready.Items("channels"), channel => channel.Number("id") == id);
        Assert.DoesNotContain((await bob.AskAsync("channel_list")).Items("channels"), channel => channel.Number("id") == id);
        foreach (var answer in new[]
        {
            await bob.AskAsync("message", ("channel_id", id), ("content", "in?")),
            await bob.AskAsync("action", ("channel_id", id), ("content", "knocks")),
            await bob.AskAsync("message", ("channel", "board"), ("content", "in?")),
            await bob.AskAsync("history", ("channel_id", id)),
            await bob.AskAsync("read", ("channel_id", id), ("number", 1)),
            await bob.AskAsync("member_list", ("channel_id", id)),
            await bob.AskAsync("user_list", ("channel", "board")),
        })
        {
            Assert.Equal("not_found", answer.Text("code"));
        }

        // As of a channel that is not there at all, but for its name.
        Assert.Equal((await bob.AskAsync("history", ("channel_id", id + 1000))).Text("code"), (await bob.AskAsync("history", ("channel_id", id))).Text("code"));
        Assert.Equal("exists", (await bob.AskAsync("channel_create", ("name", "board"))).Text("code"));
        var said = Assert.Single((await alice.AskAsync("history", ("channel_id", id))).Items("events"));
        Assert.False(said.Has("mentions"));
    }

    [Fact]
    public async Task At_level_1_it_is_not_there_either()
    {
        await using var server = await LocalServer.StartAsync();
        var (insider, _) = await server.EnterLevel2Async(Insider);
        await using var alice = insider;
        var id = (await alice.AskAsync("channel_create", ("name", "board"))).Number("channel_id");
        Set(server, id, member: null, allow: ChannelRights.None, deny: ChannelRights.See);
        await using var bob = await server.ConnectAsync();

        await bob.SendAsync(new { type = "auth_login", username = LocalServer.Name(Outsider), password = LocalServer.Password });

        Assert.DoesNotContain((await bob.SkipToAsync("channel_info")).Items("channels"), channel => channel.Text("name") == "board");
        await bob.SkipToAsync("channel_joined");
        foreach (var command in new object[]
        {
            new { type = "channel_join", channel = "board" },
            new { type = "channel_leave", channel = "board" },
            new { type = "message", channel = "board", content = "in?" },
            new { type = "user_list", channel = "board" },
        })
        {
            await bob.SendAsync(command);
            var error = await bob.SkipToAsync("error");
            Assert.Equal(("not_found", "Channel 'board' not found."), (error.Text("code"), error.Text("message")));
        }
    }

    [Fact]
    public async Task A_channel_that_one_may_only_read_refuses_what_one_says()
    {
        await using var server = await LocalServer.StartAsync();
        var (insider, _) = await server.EnterLevel2Async(Insider);
        await using var alice = insider;
        var id = (await alice.AskAsync("channel_create", ("name", "news"))).Number("channel_id");
        Set(server, id, member: null, allow: ChannelRights.None, deny: ChannelRights.Say);
        Set(server, id, Insider, allow: ChannelRights.Say, deny: ChannelRights.None);
        await alice.AskAsync("message", ("channel_id", id), ("content", "hear, hear"));
        var (outsider, _) = await server.EnterLevel2Async(Outsider);
        await using var bob = outsider;

        var refused = await bob.AskAsync("message", ("channel_id", id), ("content", "oh"));

        Assert.Equal(("error", "forbidden"), (refused.Text("type"), refused.Text("code")));
        Assert.Equal("forbidden", (await bob.AskAsync("message", ("channel", "news"), ("content", "oh"))).Text("code"));
        Assert.Equal("hear, hear", Assert.Single((await bob.AskAsync("history", ("channel_id", id))).Items("events")).Text("content"));
    }

    private static void Set(LocalServer server, long channel, int? member, ChannelRights allow, ChannelRights deny)
    {
        using var db = new SqliteDatabaseConnection(SqliteDatabase.Connect(server.DatabasePath));
        UserId? user = member is { } number
            ? new UserId(db.Prepare("SELECT id FROM users WHERE username = @name").Set("@name", LocalServer.Name(number)).Integer() ?? 0)
            : null;
        OverwriteStore.Set(db, new ChannelId(channel), user, new Overwrite(allow, deny));
    }
}
