using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Running;

namespace Parley.Load.Rooms;

/// <summary>What a step showed.</summary>
internal sealed record StepResult(
    double AskedPerSecond, double Seconds, long Sent, long Deliveries, long Lost, long Doubled, long Refused, LongHistogram SayToSeen, double? CpuSeconds,
    double LoadCpuSeconds, long? ResidentBytes)
{
    /// <summary>Deliveries to who is not in the room.</summary>
    public long Leaked { get; init; }

    public double DeliveriesPerSecond => Deliveries / Seconds;

    public double SentPerSecond => Sent / Seconds;
}

/// <summary>Steps of steady load on a room that is already full.</summary>
internal sealed class RoomRun(Run run, Room room, int senders, int length)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private long _nextSequence;

    /// <summary>How long it is waited for what is still on its way, as long as some of it comes.</summary>
    public TimeSpan MostWaiting { get; init; } = TimeSpan.MaxValue;

    /// <summary>The sequence number of the first message; several runs in one room must not share any.</summary>
    public long FirstSequence { init => _nextSequence = value; }

    /// <summary>People who must hear nothing of it.</summary>
    public Room? Others { get; init; }

    public async Task<StepResult> StepAsync(double perSecond, double seconds, CancellationToken cancel)
    {
        var step = new Step(_nextSequence, Math.Max(1, (long)(perSecond * seconds)), run.Latencies.Length);
        _nextSequence += step.Count;
        foreach (var member in room.Members.Concat(Others?.Members ?? []))
            member.Tally.Begin(step);
        var refusedBefore = room.Members.Sum(m => m.Refused);
        var cpuBefore = run.ServerUsage?.CpuSeconds;
        var ownBefore = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await Pacer.RunAsync(step, perSecond, stamp => room.Members[(int)(stamp.Sequence % senders)].Say(stamp, length), cancel);
        var expected = step.Count * (room.Members.Count - (room.EchoesToSender ? 0 : 1));
        await WaitForTheRestAsync(expected, cancel);
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var cpu = run.ServerUsage?.CpuSeconds - cpuBefore;
        var own = (Environment.CpuUsage.TotalTime - ownBefore).TotalSeconds;
        var (lost, doubled) = Compare(step, expected);
        return new StepResult(
            perSecond, elapsed, step.Count, Delivered(), lost, doubled, room.Members.Sum(m => m.Refused) - refusedBefore,
            Latency.Sum(step.Latencies), cpu, own, run.ServerUsage?.ResidentBytes)
        {
            Leaked = Others?.Members.Sum(m => m.Tally.Delivered) ?? 0,
        };
    }

    private long Delivered() => room.Members.Sum(m => m.Tally.Delivered);

    private async Task WaitForTheRestAsync(long expected, CancellationToken cancel)
    {
        var begun = Stopwatch.GetTimestamp();
        var (last, since) = (Delivered(), begun);
        while (last < expected && Stopwatch.GetElapsedTime(since) < Patience && Stopwatch.GetElapsedTime(begun) < MostWaiting)
        {
            await Task.Delay(5, cancel);
            var now = Delivered();
            if (now > last)
                (last, since) = (now, Stopwatch.GetTimestamp());
            else if (room.Members.Exists(m => m.EndReason is not null))
                return;
        }
    }

    // Each member's count says how many are missing or too many; an equal count with another sum is one of each.
    private (long Lost, long Doubled) Compare(Step step, long expected)
    {
        long lost = 0;
        long doubled = 0;
        for (var i = 0; i < room.Members.Count; i++)
        {
            var (count, sum) = ExpectedOf(step, i);
            var tally = room.Members[i].Tally;
            lost += Math.Max(0, count - tally.Delivered);
            doubled += Math.Max(0, tally.Delivered - count);
            if (tally.Delivered == count && tally.SequenceSum != sum)
                (lost, doubled) = (lost + 1, doubled + 1);
        }

        Debug.Assert(lost - doubled == expected - Delivered(), "What is missing and what is too many make up the difference.");
        return (lost, doubled);
    }

    private (long Count, long Sum) ExpectedOf(Step step, int member)
    {
        var last = step.FirstSequence + step.Count - 1;
        var all = (step.Count, Sum: (step.FirstSequence + last) * step.Count / 2);
        if (room.EchoesToSender || member >= senders)
            return all;
        var own = Enumerable.Range(0, (int)step.Count).Select(i => step.FirstSequence + i).Where(s => s % senders == member).ToList();
        return (all.Count - own.Count, all.Sum - own.Sum());
    }
}
