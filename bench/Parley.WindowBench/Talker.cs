using System.Diagnostics;
using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.Native;
using Parley.Load.Replay;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Testing;

namespace Parley.WindowBench;

/// <summary>Somebody who says a conversation again in the channel that always is, over from its beginning where it ends.</summary>
internal sealed class Talker : IAsyncDisposable
{
    // What may be on its way at once: a burst of all would measure this program's own lists.
    private const int Window = 200;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly ChatClient _client;
    private readonly IReadOnlyList<TranscriptLine> _lines;
    private int _next;

    private Talker(ChatClient client, IReadOnlyList<TranscriptLine> lines) => (_client, _lines) = (client, lines);

    private ChannelId General => _client.Store.State.Channels.First(channel => channel.Name == ChannelNameRule.General).Id;

    internal static async Task<Talker> ComeAsync(ServerAddress server, string name, IReadOnlyList<TranscriptLine> lines)
    {
        var client = new ChatClient(server, NativeClientOptions.Create() with { MessagesInMemory = 1_000 });
        _ = await RegisterAsync(client, name);
        return new Talker(client, lines);
    }

    /// <summary>Makes an account, for a window to come back with.</summary>
    internal static async Task<Session> AccountAsync(ServerAddress server, string name)
    {
        await using var client = new ChatClient(server, NativeClientOptions.Create());
        return await RegisterAsync(client, name);
    }

    internal async Task MakeChannelsAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await _client.CreateChannelAsync($"room{i}", "", CancellationToken.None);
    }

    /// <summary>Says so many messages at a steady rate (or as fast as they are stored, where that is less), and waits until all are stored.</summary>
    /// <param name="count">How many.</param>
    /// <param name="perSecond">The rate.</param>
    /// <param name="cancel">Ends it before.</param>
    internal async Task SayAsync(int count, int perSecond, CancellationToken cancel = default)
    {
        var clock = Stopwatch.StartNew();
        for (var said = 0; said < count && !cancel.IsCancellationRequested; said++)
        {
            while (clock.Elapsed.TotalSeconds * perSecond < said)
                await Task.Delay(Tick, CancellationToken.None);
            var line = _lines[_next++ % _lines.Count];
            await _client.SayAsync(General, line.IsAction ? MessageKind.Action : MessageKind.Message, $"{line.Nick}: {line.Text}", CancellationToken.None);
            if (said % Window == Window - 1)
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
