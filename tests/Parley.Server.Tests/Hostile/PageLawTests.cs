using System.Text.Json;

namespace Parley.Server.Tests.Hostile;

/// <summary>
/// The law of pages: an event is counted in the last number that a page tells of its channel, or it comes after the page; never neither, and never both.
/// </summary>
public sealed class PageLawTests
{
    private const int Conversations = 40;

    [Fact]
    public async Task What_is_said_while_pages_are_read_is_counted_or_comes()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var (alice, login) = await server.ConnectLevel2Async("alice");
        await using var ofAlice = alice;
        var (bob, bobsLogin) = await server.ConnectLevel2Async("bob");
        await bob.DisposeAsync();
        await ServerStore.ChangeAsync(server, store =>
        {
            for (var i = 0; i < Conversations; i++)
                store.AddConversation(2, store.AddUser($"other_{i:00}"));
            store.AddConversation(1, 2);
        });
        await using var reader = await RawPeer.ConnectAsync(server);
        await using var talker = await RawPeer.ConnectAsync(server);
        await reader.ComeBackAsync(bobsLogin.Token);
        await talker.ComeBackAsync(login.Token);

        // Alice talks in the one that is on the first page, all the while that Bob asks for that page.
        var frames = new List<JsonElement>();
        var mark = 1_000_000;
        using var enough = new CancellationTokenSource();
        var talking = TalkAsync(talker, enough.Token);
        for (var i = 0; i < 200; i++)
        {
            var reference = ++mark;
            await reader.SendAsync(new { type = "conversation_list", @ref = reference, limit = 1 });
            frames.AddRange(await reader.CollectUntilAsync(m => m.Type() == "conversation_list"));
        }

        await enough.CancelAsync();
        var said = await talking + 1;
        await talker.AskAsync("private_message", ("to", "bob"), ("content", "the last word")); // Behind the last page for certain: it comes as an event.
        frames.AddRange(await reader.CollectUntilAsync(m => m.Type() == "event" && m.GetProperty("event").Number("number") == said));

        Assert.Equal((200, said), Fold(frames));
    }

    private static (int Pages, long Last) Fold(List<JsonElement> frames)
    {
        var last = 0L;
        var pages = 0;
        foreach (var frame in frames)
        {
            if (frame.Type() == "event")
                Assert.Equal(last + 1, last = frame.GetProperty("event").Number("number")); // None is left out, none comes twice.
            if (frame.Type() != "conversation_list")
                continue;
            pages++;
            var listed = Assert.Single(frame.Items("conversations"));
            Assert.True(listed.Number("last_number") >= last);
            Assert.Equal(listed.Number("last_number"), listed.Number("unread"));
            last = listed.Number("last_number");
        }

        return (pages, last);
    }

    private static async Task<long> TalkAsync(RawPeer talker, CancellationToken enough)
    {
        var said = 0L;
        while (!enough.IsCancellationRequested || said == 0)
        {
            await talker.AskAsync("private_message", ("to", "bob"), ("content", "x"));
            said++;
        }

        return said;
    }
}
