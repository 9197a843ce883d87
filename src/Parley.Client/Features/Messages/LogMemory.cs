using System.Collections.Immutable;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// Removes messages from memory where a log has more of them than <see cref="ChatClientOptions.MessagesInMemory"/>. It keeps what a
/// <see cref="LogHold"/> names, with some messages around it, and the latest ones, or the log would look as if it had been missed. The rest
/// can be loaded from the mirror or the server.
/// </summary>
internal sealed class LogMemory(ChatStore store, AccountMirror mirror, int? limit)
{
    private readonly Lock _gate = new();
    private ImmutableArray<LogHold> _holds = [];

    internal LogHold Hold(ChannelId id)
    {
        var hold = new LogHold(this, id);
        lock (_gate)
            _holds = _holds.Add(hold);
        return hold;
    }

    internal void Remove(LogHold hold)
    {
        lock (_gate)
            _holds = _holds.Remove(hold);
    }

    /// <summary>Called for each message after it was folded in and given to the mirror, on the reading loop.</summary>
    internal void OnMessage(ServerMessage message)
    {
        if (message is EventPushed pushed)
            Trim(pushed.ChannelId);
        else if (message is HistoryPage page)
            Trim(page.ChannelId);
    }

    /// <summary>Trims a log to the limit.</summary>
    internal void Trim(ChannelId id)
    {
        if (limit is { } most && store.State.LogOf(id).InMemory > most)
            store.Update(state => Trim(state, id, most));
    }

    private ChatState Trim(ChatState state, ChannelId id, int most)
    {
        var log = state.LogOf(id);
        if (log.InMemory <= most)
            return state;
        var around = most / 8;
        var end = log.Runs[^1].Last;
        var wanted = NumberRanges.Add([], log.NumberOlderBy(end + 1, most / 2), end);
        foreach (var held in Holds().Where(hold => hold.Id == id).Select(hold => hold.Range).OfType<NumberRange>())
            wanted = NumberRanges.Add(wanted, log.NumberOlderBy(held.First, around), log.NumberNewerBy(held.Last, around));

        // Trimmed in large steps, not at each message.
        var kept = LogReducer.Trim(log, wanted, isMirrored: mirror.IsOpen);
        return log.InMemory - kept.InMemory < around ? state : state with { Logs = state.Logs.SetItem(id, kept) };
    }

    private ImmutableArray<LogHold> Holds()
    {
        lock (_gate)
            return _holds;
    }
}
