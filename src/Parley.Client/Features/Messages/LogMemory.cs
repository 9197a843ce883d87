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
/// Where all logs together have more than <see cref="ChatClientOptions.MessagesInMemoryOfAll"/>, those that nobody looks at are cut to their ends, the least
/// recently used first.
/// </summary>
internal sealed class LogMemory(ChatStore store, AccountMirror mirror, int? limit, int? limitOfAll)
{
    /// <summary>What stays of each log: a screen, so that it opens at once.</summary>
    internal const int KeptOfEach = 50;

    // All logs are counted once in a while, and not for each message.
    private const int CountEach = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<ChannelId, long> _usedAt = []; // In turns, not in time.
    private ImmutableArray<LogHold> _holds = [];
    private long _turn;
    private int _sinceCount;

    internal LogHold Hold(ChannelId id)
    {
        var hold = new LogHold(this, id);
        lock (_gate)
        {
            _holds = _holds.Add(hold);
            _usedAt[id] = ++_turn;
        }

        return hold;
    }

    internal void Remove(LogHold hold)
    {
        lock (_gate)
        {
            _holds = _holds.Remove(hold);
            _usedAt[hold.Id] = ++_turn;
        }
    }

    /// <summary>Called for each message after it was folded in and given to the mirror, on the reading loop.</summary>
    internal void OnMessage(ServerMessage message)
    {
        if (message is EventPushed pushed)
            Trim(pushed.ChannelId);
        else if (message is HistoryPage page)
            Trim(page.ChannelId);
        if (message is HistoryPage || (message is EventPushed && Interlocked.Increment(ref _sinceCount) >= CountEach))
            TrimAll();
    }

    /// <summary>Trims a log to the limit.</summary>
    internal void Trim(ChannelId id)
    {
        if (limit is { } most && store.State.LogOf(id).InMemory > most)
            store.Update(state => Trim(state, id, most));
    }

    /// <summary>The same after a page was loaded, from wherever.</summary>
    internal void TrimAfterPage(ChannelId id)
    {
        Trim(id);
        TrimAll();
    }

    // To seven eighths: many at once, not a few for each message.
    private void TrimAll()
    {
        Interlocked.Exchange(ref _sinceCount, 0);
        if (limitOfAll is not { } most || InMemory(store.State) <= most)
            return;
        foreach (var id in LongestUnused(store.State))
        {
            if (InMemory(store.State) <= most - most / 8)
                return;
            store.Update(state => CutToEnd(state, id));
        }
    }

    private static int InMemory(ChatState state) => state.Logs.Values.Sum(log => log.InMemory);

    private List<ChannelId> LongestUnused(ChatState state)
    {
        lock (_gate)
        {
            return
            [
                .. from log in state.Logs
                   where log.Value.InMemory > KeptOfEach && !_holds.Any(hold => hold.Id == log.Key)
                   orderby _usedAt.GetValueOrDefault(log.Key), log.Value.LastNumber
                   select log.Key,
            ];
        }
    }

    private ChatState CutToEnd(ChatState state, ChannelId id)
    {
        var log = state.LogOf(id);
        if (log.Runs.IsEmpty || Holds().Any(hold => hold.Id == id))
            return state;
        var end = log.Runs[^1].Last;
        var kept = LogReducer.Trim(log, NumberRanges.Add([], log.NumberOlderBy(end + 1, KeptOfEach), end), isMirrored: mirror.IsOpen);
        return state with { Logs = state.Logs.SetItem(id, kept) };
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
