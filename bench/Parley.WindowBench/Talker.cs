using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>Somebody who talks in the first channel.</summary>
internal sealed class Talker : IAsyncDisposable
{
    // What may be on its way at once: a burst of all would measure this program's own lists.
    private const int Window = 200;

    private readonly ChatClient _client;

    private Talker(ChatClient client) => _client = client;

    private ChannelId General => _client.Store.State.Channels[0].Id;

    internal static async Task<Talker> ComeAsync(ServerAddress server, string name)
    {
        var client = new ChatClient(server, new ChatClientOptions());
        _ = await RegisterAsync(client, name);
        return new Talker(client);
    }

    /// <summary>Makes an account, for a window to come back with.</summary>
    internal static async Task<Session> AccountAsync(ServerAddress server, string name)
    {
        await using var client = new ChatClient(server, new ChatClientOptions());
        return await RegisterAsync(client, name);
    }

    internal async Task MakeChannelsAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await _client.CreateChannelAsync($"room{i}", "", CancellationToken.None);
    }

    /// <summary>Says these, and waits until the server has stored them.</summary>
    internal async Task SayAsync(IEnumerable<string> texts)
    {
        var said = 0;
        foreach (var text in texts)
        {
            await _client.SayAsync(General, MessageKind.Message, text, CancellationToken.None);
            if (++said % Window == 0)
                await DrainAsync();
        }

        await DrainAsync();
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private Task DrainAsync() => Eventually.TrueAsync(() => _client.Store.State.PendingOf(General).IsEmpty, "the acknowledgements", TimeSpan.FromMinutes(2));

    private static async Task<Session> RegisterAsync(ChatClient client, string name) =>
        await client.RegisterAsync(name, "window-bench", CancellationToken.None) is LogInResult.LoggedIn loggedIn
            ? loggedIn.Session
            : throw new InvalidOperationException($"{name} was not let in.");
}
