namespace Parley.Server.Tests.Hostile;

/// <summary>Hundreds of people with the longest lines under their names: the first screen says some of them, and what follows it the others.</summary>
public sealed class LongReadyTests
{
    private const int People = 600;
    private const int MostTextBytes = 128 * 1024;
    private const int BytesOfEach = 400; // 100 characters, the longest there is, of four bytes.

    [Fact]
    public async Task Lines_that_do_not_fit_the_first_screen_come_behind_it()
    {
        using var folder = new TempFolder();
        using (var database = new PredecessorDatabase(folder["chat_data.db"]))
            database.AddUsers(Enumerable.Range(1, People).Select(i => $"user_{i:0000}"));
        await using var server = await ServerProcess.StartInAsync(folder.Path, "--no-tls");
        await server.TerminateAsync(); // Its schema is today's now.
        Sql.Run(server.DatabasePath, $"UPDATE users SET status_text = printf('%04d', id) || '{string.Concat(Enumerable.Repeat("🦊", 99))}'");
        await server.RestartAsync();

        await using var peer = await RawPeer.ConnectAsync(server);
        var (_, ready) = await peer.LogInLevel2Async("user_0600");
        var late = new Dictionary<string, string?>();
        while (late.Count < People - (MostTextBytes / BytesOfEach))
        {
            foreach (var member in (await peer.SkipToAsync("presence")).Items("members"))
                late.TryAdd(member.Text("username")!, member.Text("text"));
        }

        var members = ready.Items("members").ToList();
        var said = members.Where(m => m.Has("text")).ToList();
        Assert.Equal(Enumerable.Range(1, People).Select(i => $"user_{i:0000}"), members.Select(m => m.Text("username")));
        Assert.Equal(MostTextBytes / (BytesOfEach), said.Count);
        Assert.All(said.Select(m => (m.Text("username"), m.Text("text"))).Concat(late.Select(l => ((string?)l.Key, l.Value))), m => Assert.Equal(m.Item1![5..], m.Item2![..4]));
        Assert.Equal(members.Where(m => !m.Has("text")).Select(m => m.Text("username")), late.Keys.Order(StringComparer.Ordinal));
    }
}
