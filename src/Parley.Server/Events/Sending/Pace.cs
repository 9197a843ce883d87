using System.Diagnostics;

namespace Parley.Server.Events.Sending;

/// <summary>
/// The pace of a busy channel: what comes soon after a round waits for its neighbours and goes out with them in one send a receiver, and one send of five
/// messages costs the kernel little more than one of one. A round that took no time (few receivers) is followed by no rest, and at 80 messages/s a rest
/// is over before the next one comes. Measured in docs/performance.md, "What was changed". It belongs to the fan-out's thread.
/// </summary>
internal sealed class Pace : IDisposable
{
    // A message may wait this long for its neighbours, and at most this many times as long as sending took.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(4);
    private const int RestForEachSending = 2;

    // A thread can sleep no shorter.
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(1);

    private readonly ManualResetEvent _stopping = new(false);
    private long _sendingEnded;
    private TimeSpan _rest;

    /// <summary>Sleeps for what is left of the rest after the last sending.</summary>
    public void Rest()
    {
        var left = _rest - Stopwatch.GetElapsedTime(_sendingEnded);
        if (left >= ShortestRest)
            _stopping.WaitOne(left);
    }

    /// <summary>A round has sent what it had.</summary>
    /// <param name="began">When it began to, as a timestamp of the stopwatch.</param>
    public void Sent(long began)
    {
        _sendingEnded = Stopwatch.GetTimestamp();
        var rest = Stopwatch.GetElapsedTime(began, _sendingEnded) * RestForEachSending;
        _rest = rest < LongestRest ? rest : LongestRest;
    }

    /// <summary>No rest any more; on any thread.</summary>
    public void Stop() => _stopping.Set();

    public void Dispose() => _stopping.Dispose();
}
