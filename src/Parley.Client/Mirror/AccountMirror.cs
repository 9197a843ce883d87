using Parley.Client.Connection;
using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client.Mirror;

/// <summary>The mirror of whoever is logged in; none where the host keeps none, or nobody is logged in yet.</summary>
internal sealed class AccountMirror(ServerAddress server, ChatClientOptions options, ChatStore store, MemberDirectory members) : IAsyncDisposable
{
    private const int MaxTries = 3;

    private readonly List<IMirror> _former = [];
    private volatile IMirror? _current;

    /// <summary>
    /// Opens the mirror of this account, unless it is open, and puts what it holds into the state where the state is somebody else's or empty.
    /// </summary>
    internal void OpenFor(string username)
    {
        if (options.Mirrors is not { } mirrors || string.Equals(_current?.Username, username, StringComparison.OrdinalIgnoreCase))
            return;
        if (_current is { } former)
            _former.Add(former);
        _current = null;
        if (store.State.User is { } user && !string.Equals(user.Username, username, StringComparison.OrdinalIgnoreCase))
        {
            store.Update(state => ChatState.Empty with { Connection = state.Connection });
            members.Update(_ => KnownMembers.Empty);
        }

        _current = mirrors.Open(server, username, store);
        if (_current is not { } mirror || store.State.User is not null)
            return;
        members.Update(_ => mirror.LoadedMembers);
        store.Update(state => mirror.Loaded with { Connection = state.Connection });
    }

    /// <summary>Whether there is one.</summary>
    internal bool IsOpen => _current is not null;

    /// <summary>Saves who there is, after the server told something of that.</summary>
    internal void SaveMembers() => _current?.SaveMembers(members.Now);

    /// <summary>Saves what was told of a log, after it was folded in, on the reading loop.</summary>
    internal void Save(LogUpdate update)
    {
        var log = store.State.LogOf(update.ChannelId);
        _current?.Save(update, log.AsOf, log.Revision);
    }

    /// <summary>Puts what is to be said or changed into the state, after it is kept where there is a mirror.</summary>
    internal async Task SaveAsync(OutboxEntry entry)
    {
        if (_current is { } mirror)
            await mirror.SaveAsync(entry, Show).ConfigureAwait(false);
        else
            Show();

        void Show() => store.Update(state => OutboxReducer.Add(state, entry));
    }

    /// <summary>Brings messages from the mirror into memory, from one end of a range of numbers on.</summary>
    /// <returns>Whether they are there: what is written behind may have been lost where the disk took no more, and a log that changes all the time is never
    /// read in time.</returns>
    internal async Task<bool> LoadAsync(ChannelId id, NumberRange within, bool isFromEnd, int limit, CancellationToken cancellationToken)
    {
        var epoch = store.State.Epoch;
        if (_current is not { } mirror)
            return false;
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await mirror.ReadAsync(id, within, isFromEnd, limit, cancellationToken).ConfigureAwait(false) is not { } page)
                return false;
            var isTaken = false;
            store.Update(state =>
            {
                isTaken = state.Epoch == epoch && MessagesReducer.IsCurrent(state, page);
                return isTaken ? MessagesReducer.Apply(state, page.Update) : state;
            });
            if (isTaken)
                return true;
        }

        return false;
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
