using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// Decides which outbox entry is sent next. The server limits a user's messages over all rooms, so after a "slow down" every room waits (the gate). If another
/// room gets through after that, the refused room has a limit of its own, and waits alone. Used by one loop.
/// </summary>
internal sealed class OutboxTurns(TimeProvider time)
{
    // The window of the server's message rate is a second.
    private static readonly TimeSpan RateDelay = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestRetryDelay = TimeSpan.FromSeconds(8);

    // A room with a limit of its own is tried at least every two seconds.
    private const int MaxDelayFactor = 8;

    // A fault of the server's own may be over in a moment; after so many tries in a row the person decides.
    private const int MaxTries = 5;

    private readonly Dictionary<ChannelId, Refused> _refused = [];
    private DateTimeOffset _gate;

    /// <summary>The entry to send now; null where there is none.</summary>
    /// <param name="waiting">The oldest of each room, the one that has waited longest first.</param>
    /// <param name="wait">How long to wait where there is none; null until an entry is added.</param>
    internal OutboxEntry? Next(IEnumerable<OutboxEntry> waiting, out TimeSpan? wait)
    {
        var now = time.GetUtcNow();
        DateTimeOffset? soonest = null;
        OutboxEntry? best = null;
        foreach (var entry in waiting)
        {
            var at = _refused.TryGetValue(entry.ChannelId, out var refused) && refused.NextTry > _gate ? refused.NextTry : _gate;
            if (at > now)
                soonest = soonest < at ? soonest : at;
            else if (best is null || (refused is null && _refused.ContainsKey(best.ChannelId)))
                best = entry; // Another room goes first after the gate: it finds out whether the refused one has a limit of its own.
        }

        wait = soonest - now;
        return best;
    }

    /// <summary>What the server answered to a room's entry.</summary>
    /// <returns>Whether it was taken, or will be tried again.</returns>
    internal bool Answered(ChannelId room, Refusal? refusal)
    {
        if (refusal is null)
        {
            _refused.Remove(room);
            foreach (var refused in _refused.Values)
                refused.IsSlow = true;
            return true;
        }

        var known = _refused.GetValueOrDefault(room) ?? new Refused();
        if (RetryDelay(refusal, ++known.Tries, known.IsSlow) is not { } delay)
        {
            _refused.Remove(room);
            return false;
        }

        known.NextTry = time.GetUtcNow() + delay;
        if (refusal.Code == ErrorCode.RateLimited && !known.IsSlow)
            _gate = known.NextTry;
        _refused[room] = known;
        return true;
    }

    private static TimeSpan? RetryDelay(Refusal refusal, int tries, bool isSlow) => refusal switch
    {
        { IsTemporary: false } => null,
        { Code: ErrorCode.RateLimited } => isSlow ? RateDelay * Math.Min(tries, MaxDelayFactor) : RateDelay,
        _ when tries < MaxTries => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, tries - 1), LongestRetryDelay.TotalSeconds)),
        _ => null,
    };

    private sealed class Refused
    {
        internal DateTimeOffset NextTry { get; set; }

        internal int Tries { get; set; }

        internal bool IsSlow { get; set; }
    }
}
