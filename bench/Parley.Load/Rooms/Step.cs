using HdrHistogram;
using Parley.Load.Running;

namespace Parley.Load.Rooms;

/// <summary>One step of a run at one rate: which messages belong to it, and the times that its deliveries took, one histogram for each loop.</summary>
internal sealed class Step(long firstSequence, long count, int loops)
{
    public long FirstSequence { get; } = firstSequence;

    public long Count { get; } = count;

    public LongHistogram[] Latencies { get; } = [.. Enumerable.Range(0, loops).Select(_ => Latency.NewHistogram())];

    public bool Holds(long sequence) => sequence >= FirstSequence && sequence < FirstSequence + Count;
}
