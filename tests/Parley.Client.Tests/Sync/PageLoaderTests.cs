namespace Parley.Client.Tests.Sync;

/// <summary>More than a first screen holds: the client reads the pages by itself, while events come, and knows in the end what a fresh one knows.</summary>
public sealed class PageLoaderTests
{
    private const int Conversations = 3_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Thousands_of_conversations_are_all_known_in_the_end_whatever_comes_meanwhile()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
        var address = new Parley.Client.Connection.ServerAddress(server.Host, server.Port, server.UsesTls);
        var alice = await TestClient.RegisterAsync(address, "alice");
        var bob = await TestClient.RegisterAsync(address, "bob");
        var (ofAlice, ofBob) = (alice.Session, bob.Session);
        await alice.DisposeAsync();
        await bob.DisposeAsync();
        await ServerStore.ChangeAsync(server, store =>
        {
            // Bob's is the first that was made: on the very last page.
            var withBob = store.AddConversation(1, 2);
            store.Say(withBob, 2, "once", DateTimeOffset.UnixEpoch);
            for (var i = 0; i < Conversations; i++)
                store.Say(store.AddConversation(1, store.AddUser($"member_{i:0000}")), 1, "hi", DateTimeOffset.UnixEpoch);
        });
        address = new Parley.Client.Connection.ServerAddress(server.Host, server.Port, server.UsesTls);
        await using var talker = new TestClient(new ChatClient(address, NativeClientOptions.Create()));
        await talker.Client.ResumeAsync(ofBob, Cancel);
        await talker.SeesAsync(s => s.Conversations.Length == 1, "the conversation");
        await using var reader = new TestClient(new ChatClient(address, NativeClientOptions.Create()));

        var reading = reader.Client.ResumeAsync(ofAlice, Cancel);
        for (var i = 0; i < 100; i++)
            await talker.SayAndSeeAsync(talker.State.Conversations[0].Id, $"{i}");
        await reading;

        await reader.SeesAsync(s => s.Conversations.Length == Conversations + 1 && s.LogOf(s.Conversations[0].Id).LastNumber == 101, "all of them");
        await using var fresh = new TestClient(new ChatClient(address, NativeClientOptions.Create()));
        await fresh.Client.ResumeAsync(ofAlice, Cancel);
        await fresh.SeesAsync(s => s.Conversations.Length == Conversations + 1, "all of them, too");
        Assert.Equal("bob", reader.State.Conversations[0].WithUsername);
        Assert.Equal(101, reader.State.ReadPositionOf(reader.State.Conversations[0].Id).Unread);
        Assert.Equal(Rooms(fresh), Rooms(reader));

        // A short break, and all of it is as it was.
        await reader.Client.DisconnectAsync();
        await reader.Client.ResumeAsync(ofAlice, Cancel);
        await reader.SeesAsync(s => s.Unconfirmed.IsEmpty && s.Connection is Parley.Client.Connection.ConnectionStatus.Connected, "all pages once more");
        Assert.Equal(Rooms(fresh), Rooms(reader));
    }

    private static List<string> Rooms(TestClient client) =>
        [.. client.State.Conversations.Select(c => $"{c} {client.State.LogOf(c.Id).LastNumber} {client.State.ReadPositionOf(c.Id)}")];
}
