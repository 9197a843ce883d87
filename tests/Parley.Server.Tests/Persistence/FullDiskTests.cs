namespace Parley.Server.Tests.Persistence;

/// <summary>
/// The disk fills up while people talk: nothing is acknowledged that is not stored, nothing is lost that was, and with room again it goes on.
/// </summary>
public sealed class FullDiskTests
{
    [Fact]
    public async Task What_cannot_be_stored_is_refused_and_can_be_said_again()
    {
        await using var disk = await SmallDisk.MountAsync(6_000);
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits", "--db", Path.Combine(disk.Path, "the.db"));
        var (alice, login) = await server.ConnectLevel2Async("alice");
        var general = login.ChannelId("general");
        await alice.SayAsync(general, "before", "n-before");
        disk.Fill(leave: 40_000);

        var (acknowledged, refused) = (new List<string> { "n-before" }, "");
        for (var i = 0; refused.Length == 0; i++)
        {
            var answer = await alice.AskAsync("message", ("channel_id", general), ("content", new string('x', 2000)), ("nonce", $"n-{i}"));
            if (answer.Type() == "ack")
                acknowledged.Add($"n-{i}");
            else
                (refused, _) = (
                    $"n-{i}", new Frame(answer.GetRawText()).ShouldBe(new { type = "error", @ref = answer.Number("ref"), code = "busy", message = "<text>" }));
        }

        // Who is there still reads, and is still there.
        Assert.Equal(acknowledged.Count, (await alice.AskAsync("history", ("channel_id", general), ("limit", 1))).Number("last_number"));
        disk.Free();
        await Eventually.TrueAsync(
            async () => (await alice.AskAsync("message", ("channel_id", general), ("content", "again"), ("nonce", refused))).Type() == "ack", "an ack");

        await server.RestartAsync();
        await using var again = await RawPeer.ConnectAsync(server);
        await again.ComeBackAsync(login.Token);
        var latest = await again.AskAsync("history", ("channel_id", general), ("limit", 100));
        Assert.Equal(acknowledged.Count + 1, latest.Number("last_number"));
        Assert.Equal("again", latest.Items("events")[^1].Text("content"));
        foreach (var nonce in acknowledged)
            Assert.True((await again.SayAsync(general, "x", nonce)).Number("number") <= acknowledged.Count);
        Assert.Equal([["ok"]], Sql.Rows(Path.Combine(disk.Path, "the.db"), "PRAGMA integrity_check"));
        await alice.DisposeAsync();
    }

    [Fact]
    public async Task Level_1_is_told_too_and_logins_do_not_bring_the_server_down()
    {
        await using var disk = await SmallDisk.MountAsync(6_000);
        using var folder = new TempFolder();
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls", "--no-limits", "--db", Path.Combine(disk.Path, "the.db"));
        await using var alice = await server.ConnectLevel1Async("alice");
        disk.Fill();

        string answer;
        do
        {
            await alice.SendAsync(new { type = "message", content = new string('x', 2000) });
            answer = (await alice.ReceiveAsync()).Type();
        }
        while (answer == "message");
        await using var bob = await RawPeer.ConnectAsync(server);
        await bob.SendAsync(new { type = "auth_register", username = "bobby", password = "secret" });
        var refused = await bob.ReceiveAsync();

        Assert.Equal("error", answer);
        Assert.NotEqual("channel_info", refused.Type());
        disk.Free();
        await bob.RegisterAsync("carol");
        Assert.Equal(0, await server.TerminateAsync());
    }
}
