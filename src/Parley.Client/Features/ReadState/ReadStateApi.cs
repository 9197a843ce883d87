using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Client.Connection;
using Parley.Client.Features.Rooms;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.ReadState;

/// <summary>
/// Tells the server how far the user has read: at once where it is quiet, in rounds where much is read, and after a break what it does not know yet.
/// </summary>
internal sealed class ReadStateApi(ChatStore store, TimeProvider time)
{
    // In a busy room every message is read as it comes; the server is told at most once a round.
    private static readonly TimeSpan RoundDelay = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<ChannelId, long> _told = new();
    private readonly Channel<ChannelId> _moved = Channel.CreateUnbounded<ChannelId>();

    internal void MarkRead(ChannelId id, long number)
    {
        var before = store.State;
        if (!ReferenceEquals(before, store.Update(state => ReadStateReducer.MarkRead(state, id, number))))
            _moved.Writer.TryWrite(id);
    }

    /// <summary>Called for each message after it was folded in, on the reading loop.</summary>
    internal void OnMessage(ServerMessage message)
    {
        if (message is ReadMoved moved)
            _told[moved.ChannelId] = moved.Number;
        if (message is Ready)
            _told.Clear();
        foreach (var room in RoomSnapshot.In(message))
        {
            _told[room.Id] = room.Read.Number;
            _moved.Writer.TryWrite(room.Id);
        }
    }

    /// <summary>Works on one connection until it ends.</summary>
    internal async Task RunAsync(ChatConnection connection)
    {
        while (await _moved.Reader.WaitToReadAsync(connection.Ended).ConfigureAwait(false))
        {
            if (await TellAsync(connection).ConfigureAwait(false))
                await Task.Delay(RoundDelay, time, connection.Ended).ConfigureAwait(false);
        }
    }

    /// <summary>Tells what is not told yet; false where there was nothing.</summary>
    internal async Task<bool> TellAsync(ChatConnection connection)
    {
        var ids = new HashSet<ChannelId>();
        while (_moved.Reader.TryRead(out var id))
            ids.Add(id);
        var hasTold = false;
        foreach (var id in ids)
        {
            var number = store.State.ReadPositionOf(id).Number;
            if (number <= _told.GetValueOrDefault(id))
                continue;
            _told[id] = number;
            hasTold = true;
            await connection.AskAsync<MarkRead, Done>(new MarkRead(id, number), connection.Ended).ConfigureAwait(false);
        }

        return hasTold;
    }
}
