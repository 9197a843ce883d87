using System.Text.Json;
using Parley.Server.Hosting;
using Parley.Server.Limits;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Hostile;

/// <summary>What people see while the database is held or broken, and what the log tells of it.</summary>
public sealed class OutageTests
{
    private const string SecretPassword = "pass-phrase-of-alice";
    private const string SecretText = "text-that-nobody-logs";

    private static readonly string[] Internals = ["SQL", "sqlite", "no such table", "Exception", "   at ", ".cs", "chat_data", "read_positions"];

    /// <summary>
    /// Another process holds the database; what was said meanwhile counts when it arrived and not when it was stored. A page of history waits for the writes
    /// before it, and the reader with it: behind one it finds everything at once.
    /// </summary>
    [Theory]
    [InlineData(5, false)]
    [InlineData(5, true)]
    [InlineData(3, true)]
    public async Task As_many_a_second_as_may_pass_are_not_too_fast_while_the_database_stands_still(int perSecond, bool asksBetween)
    {
        await using var server = await LocalServer.StartAsync(
            new ServerOptions { UseTls = false, Limits = new ServerLimits { MessagesPerSecond = perSecond } });
        var (alice, _) = await server.EnterLevel2Async(1);
        await using var owned = alice;
        var (bob, _) = await server.EnterLevel2Async(2);
        await using var ownedToo = bob;
        const int Said = 12;
        using (Sql.Hold(server.DatabasePath))
        {
            for (var i = 0; i < Said; i++)
            {
                await alice.SendAsync(new { type = "message", @ref = i, channel_id = 1, content = $"{i}" });
                if (asksBetween)
                    await alice.SendAsync(new { type = "history", @ref = 100 + i, channel_id = 1 });
                await LetReadAsync(bob);
                server.Clock.Advance(TimeSpan.FromSeconds(1.0 / perSecond) + TimeSpan.FromTicks(1));
            }
        }

        var answers = new List<JsonElement>();
        while (answers.Count < Said)
        {
            if (await alice.ReceiveAsync() is var message && message.Type() is "ack" or "error")
                answers.Add(message);
        }

        Assert.All(answers, a => Assert.True(a.Type() == "ack", a.ToString()));
    }

    [Fact]
    public async Task Errors_tell_no_internals_and_the_log_tells_nothing_that_people_said()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        var (alice, login) = await server.ConnectLevel2Async("alice", SecretPassword);
        await using var owned = alice;
        await alice.SayAsync(1, $"{SecretText} 1");
        Sql.Run(server.DatabasePath, "DROP TABLE read_positions; ALTER TABLE events RENAME TO gone;");

        List<JsonElement> answers =
        [
            await alice.AskAsync("message", ("channel_id", 1), ("content", $"{SecretText} 2"), ("nonce", "secret-nonce")),
            await alice.AskAsync("private_message", ("to", "alice"), ("content", $"{SecretText} 3")),
            await alice.AskAsync("read", ("channel_id", 1), ("number", 1)),
            await alice.AskAsync("history", ("channel_id", 1)),
            await alice.AskAsync("message", ("channel_id", 1), ("content", new { secret = SecretText })),
        ];
        await using var back = await RawPeer.ConnectAsync(server);
        await back.SendAsync(new { type = "hello", @ref = 1, token = login.Token });
        answers.AddRange(await back.CollectUntilClosedAsync());
        await using var wrong = await RawPeer.ConnectAsync(server);
        await wrong.SendAsync(new { type = "auth_login", username = "alice", password = $"{SecretPassword}!" });
        answers.Add(await wrong.ReceiveAsync());
        await Eventually.TrueAsync(() => server.ErrorLines.Any(l => l.Contains("no such table", StringComparison.Ordinal)), "an error in the log");
        await server.TerminateAsync();

        Assert.All(answers, answer => Assert.DoesNotContain(Internals, word => answer.ToString().Contains(word, StringComparison.OrdinalIgnoreCase)));
        Assert.All(answers.Take(4), answer => Assert.Equal(("error", "busy"), (answer.Type(), answer.Text("code"))));
        string[] secrets = [SecretPassword, SecretText, login.Token, "secret-nonce"];
        Assert.All(server.ErrorLines, line => Assert.DoesNotContain(secrets, secret => line.Contains(secret, StringComparison.Ordinal)));
    }

    /// <summary>Between "keep what comes" and "here is what there was" the database fails: whoever stood there must not stay there.</summary>
    [Theory]
    [InlineData("hello")]
    [InlineData("auth_login")]
    public async Task Whoever_could_not_arrive_is_told_and_closed_and_comes_in_later(string by)
    {
        await using var town = await Town.StartAsync("--no-tls");
        await using var before = await town.ConnectAsync();
        var token = (await before.LogInLevel2Async(Town.Name(1))).Token;
        Sql.Run(town.Server.DatabasePath, "ALTER TABLE read_positions RENAME TO gone");

        await using var half = await town.ConnectAsync();
        await half.SendAsync(
            by == "hello" ? new { type = by, @ref = 1, token } : new { type = by, @ref = 1, username = Town.Name(1), password = PredecessorDatabase.Password });
        var told = await half.CollectUntilClosedAsync();
        Sql.Run(town.Server.DatabasePath, "ALTER TABLE gone RENAME TO read_positions");

        Assert.Equal("busy", told[0].Text("code"));
        await using var back = await town.ConnectAsync();
        await back.ComeBackAsync(token);
    }

    // All answers wait for the database, and nobody sees what the server has read. But it has read what came before so many words of somebody else.
    private static async Task LetReadAsync(RawPeer other)
    {
        for (var i = 0; i < 10; i++)
            Assert.Equal("pong", (await other.AskAsync("ping")).Type());
    }
}
