using System.Diagnostics;
using Parley.Load.Wire;

namespace Parley.Load.Rooms;

/// <summary>Sends at a steady rate from a thread of its own. A message that is late is sent at once and keeps its due time.</summary>
internal static class Pacer
{
    /// <summary>Runs <paramref name="say"/> for each message when it is due; completes after the last.</summary>
    public static Task RunAsync(Step step, double perSecond, Action<Stamp> say, CancellationToken cancel)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                Send(step, perSecond, say, cancel);
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        }) { IsBackground = true, Name = "pacer" };
        thread.Start();
        return done.Task;
    }

    private static void Send(Step step, double perSecond, Action<Stamp> say, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        var interval = Stopwatch.Frequency / perSecond;
        for (long i = 0; i < step.Count && !cancel.IsCancellationRequested; i++)
        {
            var due = start + (long)(i * interval);
            if (Stopwatch.GetTimestamp() < due)
                SleepUntil(due);
            say(new Stamp(step.FirstSequence + i, due));
        }
    }

    // Stopwatch ticks are nanoseconds of CLOCK_MONOTONIC on Linux; Thread.Sleep knows whole milliseconds only.
    private static void SleepUntil(long ticks)
    {
        var until = new Libc.TimeSpec { Seconds = (nint)(ticks / 1_000_000_000), Nanoseconds = (nint)(ticks % 1_000_000_000) };
        _ = Libc.SleepUntil(Libc.MonotonicClock, Libc.AbsoluteTime, in until, 0);
    }
}
