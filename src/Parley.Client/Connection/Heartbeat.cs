using Microsoft.Extensions.Logging;

namespace Parley.Client.Connection;

/// <summary>
/// Detects a dead connection: after a silence it sends a ping, and after another silence it gives up. The pings also keep the connection alive in routers that
/// drop silent ones.
/// </summary>
internal sealed class Heartbeat(TimeProvider time, Func<Task> ask, ILogger logger)
{
    /// <summary>Silence after which it asks; routers forget after a minute at the earliest.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>How long an answer may take after the machine has slept.</summary>
    internal static readonly TimeSpan AfterSleep = TimeSpan.FromSeconds(5);

    private long _heardAt = time.GetTimestamp();
    private long _wokeAt; // 0: not since the last look.

    /// <summary>Something was heard.</summary>
    internal void Heard() => Volatile.Write(ref _heardAt, time.GetTimestamp());

    /// <summary>The machine has woken: asks at once, and gives the answer <see cref="AfterSleep"/>.</summary>
    internal void Wake()
    {
        Interlocked.Exchange(ref _wokeAt, time.GetTimestamp());
        ask().ReportFault(logger);
    }

    /// <summary>Watches until the connection ends.</summary>
    /// <exception cref="ConnectionLostException">Nothing was heard for two intervals, after a question, or soon after the machine woke.</exception>
    internal async Task RunAsync(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(SleepDetector.Step, time);
        var sleep = new SleepDetector(time);
        (long Heard, long At, TimeSpan Patience)? asked = null;
        while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
        {
            var heard = Volatile.Read(ref _heardAt);
            // While it slept the server gave up, or the network is another one: nobody waits a minute to see it.
            var (hasSlept, wokeAt) = (sleep.HasSlept(), Interlocked.Exchange(ref _wokeAt, 0));
            if (wokeAt != 0)
            {
                asked = heard > wokeAt ? null : (heard, wokeAt, AfterSleep);
            }
            else if (hasSlept)
            {
                Ask(heard, AfterSleep);
                continue;
            }

            if (asked is { } question && question.Heard == heard)
            {
                // Not even the answer; the time alone does not tell, since the tick after it may be late.
                if (time.GetElapsedTime(question.At) >= question.Patience)
                    throw new ConnectionLostException("The server has not answered for a while.");
                continue;
            }

            if (time.GetElapsedTime(heard) >= Interval)
                Ask(heard, Interval);
        }

        void Ask(long heard, TimeSpan patience)
        {
            asked = (heard, time.GetTimestamp(), patience);
            ask().ReportFault(logger); // Its answer is heard like everything else.
        }
    }
}
