using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Rights;

/// <summary>The same at level 1, whose people are in one channel at a time.</summary>
public sealed class VisibilityLevel1Tests : VisibilityTest
{
    [Fact]
    public async Task At_level_1_whoever_loses_the_channel_they_are_in_is_sent_out_and_the_others_are_told()
    {
        await DoAsync("channels.admit", Bob);
        await DoAsync("channels.admit", Carol);
        await DoAsync("channels.private");
        await using var bob = await InAsync(Bob);
        await using var carol = await InAsync(Carol);
        await Alice.SayAsync(BoardId, "for both");
        await carol.SkipToAsync("message");

        await DoAsync("channels.expel", Carol);
        await Alice.SayAsync(BoardId, "secret");
        var news = await carol.CollectUntilAsync(m => m.Type() == "system");
        await carol.SendAsync(new { type = "message", content = "am I there?" });
        news = [.. news, .. await carol.CollectUntilAsync(m => m.Type() == "error")];

        Assert.Equal(["general"], news.First(m => m.Type() == "channel_info").Items("channels").Select(c => c.Text("name")));
        Assert.Equal("Channel 'board' is no longer there. Join another one.", news.Single(m => m.Type() == "system").Text("message"));
        Assert.Equal("no_channel", news[^1].Text("code"));
        Assert.DoesNotContain(news, m => m.Type() == "message");
        var left = await bob.CollectUntilAsync(m => m.Text("content") == "secret");
        Assert.Contains(left, m => m.Type() == "user_left" && m.Text("username") == LocalServer.Name(Carol));

        await DoAsync("channels.admit", Carol);
        var created = (await carol.SkipToAsync("channel_created")).GetProperty("channel");
        Assert.Equal(["id", "name", "description"], created.Fields());
        await carol.SendAsync(new { type = "channel_join", channel = Board });
        Assert.Equal("secret", (await carol.SkipToAsync("channel_joined")).Items("history")[^1].Text("content"));
        Assert.Equal(LocalServer.Name(Carol), (await bob.SkipToAsync("user_joined")).Text("username"));
    }

    [Fact]
    public async Task Who_joins_at_level_1_while_it_changes_is_in_it_or_is_not()
    {
        await using var carol = await InAsync(Carol);
        var talk = TalkAsync();
        using var enough = new CancellationTokenSource();
        var changing = ChangeAsync("channels.expel", "channels.admit", Carol, enough.Token);
        var isIn = true;
        for (var i = 0; i < 150; i++)
        {
            await carol.SendAsync(new { type = "channel_join", channel = Board });
            await carol.SendAsync(new { type = "channel_join", channel = "" });
            foreach (var message in await carol.CollectUntilAsync(m => m.Text("code") == "invalid"))
            {
                isIn = message.Type() switch { "channel_joined" => true, "system" => false, _ => isIn };
                Assert.True(isIn || message.Type() != "message", "Something of the channel came to who is not in it.");
            }
        }

        await enough.CancelAsync();
        await changing;
        await talk.EndAsync();
    }
}
