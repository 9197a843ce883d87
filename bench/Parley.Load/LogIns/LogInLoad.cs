using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Running;
using Parley.Load.Wire;

namespace Parley.Load.LogIns;

/// <summary>Many people coming in at once: by password or by token.</summary>
internal sealed class LogInLoad(Run run)
{
    /// <summary>Each comes by a connection of its own, which ends afterwards.</summary>
    /// <param name="count">How many.</param>
    /// <param name="atOnce">How many are on their way at a time.</param>
    /// <param name="enter">What one does on its connection.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<(double Seconds, LongHistogram Latencies)> EnterAsync(
        int count, int atOnce, Func<ParleyConnection, int, CancellationToken, Task> enter, CancellationToken cancel)
    {
        var latencies = Latency.NewHistogram();
        var recording = new Lock();
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel };
        var started = Stopwatch.GetTimestamp();
        var entering = Parallel.ForAsync(0, count, limits, async (i, stop) =>
        {
            var begun = Stopwatch.GetTimestamp();
            var connection = await run.ConnectAsync(socket => new ParleyConnection(socket), stop);
            await enter(connection, i, stop);
            lock (recording)
                latencies.RecordTicks(Stopwatch.GetTimestamp() - begun);
            connection.End();
            Interlocked.Increment(ref done);
        });
        await Progress.WaitAsync(() => entering.IsCompleted, () => $"{done:N0} of {count:N0} came in", cancel);
        await entering;
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, latencies);
    }
}
