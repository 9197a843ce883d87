using System.Collections.Immutable;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// Lets go of messages that nobody looks at, where a log has more of them in memory than <see cref="ChatClientOptions.MessagesInMemory"/>. What is shown stays,
/// with something around it; and the end of what is in memory, so that nothing looks as if it had been missed. The mirror and the server have the rest.
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

    /// <summary>Looks at each message after it was folded in and given to the mirror, on the reading loop.</summary>
    internal void Notice(ServerMessage message)
    {
        if (message is EventPushed pushed)
            Trim(pushed.ChannelId);
        else if (message is HistoryPage page)
            Trim(page.ChannelId);
    }

    /// <summary>Lets go of what is too much.</summary>
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
        foreach (var visible in Holds().Where(hold => hold.Id == id).Select(hold => hold.VisibleRange).OfType<NumberRange>())
            wanted = NumberRanges.Add(wanted, log.NumberOlderBy(visible.First, around), log.NumberNewerBy(visible.Last, around));

        // Many at once, not one for each that comes in.
        var kept = LogReducer.Trim(log, wanted, isMirrored: mirror.IsOpen);
        return log.InMemory - kept.InMemory < around ? state : state with { Logs = state.Logs.SetItem(id, kept) };
    }

    private ImmutableArray<LogHold> Holds()
    {
        lock (_gate)
            return _holds;
    }
}
