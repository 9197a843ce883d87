using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Mirror;

/// <summary>The mirror of whoever is logged in; none where the host keeps none, or nobody is logged in yet.</summary>
internal sealed class AccountMirror(ServerAddress server, ChatClientOptions options, ChatStore store) : IAsyncDisposable
{
    private readonly List<IMirror> _former = [];
    private volatile IMirror? _current;

    /// <summary>Opens the mirror of this account, unless it is open, and puts what it holds into the state where the state is somebody else's or empty.</summary>
    internal void OpenFor(string username)
    {
        if (options.Mirrors is not { } mirrors || string.Equals(_current?.Username, username, StringComparison.OrdinalIgnoreCase))
            return;
        if (_current is { } former)
            _former.Add(former);
        _current = null;
        if (store.State.User is { } user && !string.Equals(user.Username, username, StringComparison.OrdinalIgnoreCase))
            store.Update(state => ChatState.Empty with { Connection = state.Connection });
        _current = mirrors.Open(server, username, store);
        if (_current is { } mirror && store.State.User is null)
            store.Update(state => mirror.Loaded with { Connection = state.Connection });
    }

    /// <summary>Whether there is one.</summary>
    internal bool IsOpen => _current is not null;

    /// <summary>Looks at each message after it was folded in, on the reading loop.</summary>
    internal void Notice(ServerMessage message) => _current?.Notice(message);

    /// <summary>Puts a message into the state, after it is kept where there is a mirror.</summary>
    internal async Task KeepAsync(PendingMessage message)
    {
        if (_current is { } mirror)
            await mirror.KeepAsync(message, Show).ConfigureAwait(false);
        else
            Show();

        void Show() => store.Update(state => PendingReducer.Add(state, message));
    }

    /// <summary>Brings events from the mirror into memory.</summary>
    /// <returns>Whether <paramref name="wanted"/> was among them: what is written behind may not be there yet, or was lost where the disk took no more.</returns>
    internal async Task<bool> LoadAsync(ChannelId id, long first, long last, long wanted, CancellationToken cancellationToken)
    {
        var epoch = store.State.Epoch;
        if (_current is not { } mirror)
            return false;
        var events = await mirror.ReadAsync(id, first, last, cancellationToken).ConfigureAwait(false);
        if (events.Count == 0)
            return false;
        store.Update(state => state.Epoch == epoch ? MessagesReducer.Apply(state, new HistoryPage(id, events, events[^1].Number, More: false)) : state);
        return events.Any(e => e.Number == wanted);
    }

    /// <summary>The number of the first event of a time or later that is held; null where there is none.</summary>
    internal async Task<long?> FindAsync(ChannelId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        _current is { } mirror ? await mirror.FindAsync(id, at, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Leaves nothing of this account on this machine.</summary>
    internal async Task EraseAsync()
    {
        if (_current is not { } mirror)
            return;
        _current = null;
        await mirror.EraseAsync().ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (_current is { } mirror)
            await mirror.DisposeAsync().ConfigureAwait(false);
        foreach (var former in _former)
            await former.DisposeAsync().ConfigureAwait(false);
    }
}
