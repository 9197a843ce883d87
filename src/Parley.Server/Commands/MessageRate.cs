using System.Collections.Concurrent;
using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>So many messages in any second for each user, over all of that user's connections. Counted when a message arrives; what is refused does not count.</summary>
/// <param name="messagesPerSecond">0: no limit.</param>
/// <param name="time">The clock; its monotonic side, so that a clock set back frees nobody and holds nobody.</param>
internal sealed class MessageRate(int messagesPerSecond, TimeProvider time)
{
    private readonly ConcurrentDictionary<UserId, Queue<long>> _arrivals = [];

    public bool TryTake(UserId user)
    {
        if (messagesPerSecond == 0)
            return true;
        var arrivals = _arrivals.GetOrAdd(user, static _ => new Queue<long>());
        lock (arrivals)
        {
            var now = time.GetTimestamp();
            while (arrivals.TryPeek(out var oldest) && time.GetElapsedTime(oldest, now) >= TimeSpan.FromSeconds(1))
                arrivals.Dequeue();
            if (arrivals.Count >= messagesPerSecond)
                return false;
            arrivals.Enqueue(now);
            return true;
        }
    }
}
