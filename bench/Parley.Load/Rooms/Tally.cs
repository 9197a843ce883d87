using Parley.Load.Running;
using Parley.Load.Wire;

namespace Parley.Load.Rooms;

/// <summary>
/// What one member has got in the current step. The count and the sum of the sequence numbers tell a message that is missing and another that came twice
/// apart without remembering each.
/// </summary>
internal sealed class Tally
{
    private Step? _step;
    private long _last = -1;

    public long Delivered { get; private set; }

    public long SequenceSum { get; private set; }

    /// <summary>Deliveries that came after one with a higher sequence number. A room of several senders has no order between them: see RoomRun.</summary>
    public long Backwards { get; private set; }

    public void Begin(Step step)
    {
        Delivered = 0;
        SequenceSum = 0;
        Backwards = 0;
        _last = -1;
        Volatile.Write(ref _step, step);
    }

    public void Take(ReadOnlySpan<byte> payload, ReceiveLoop loop)
    {
        if (Volatile.Read(ref _step) is not { } step || !Stamp.TryFind(payload, out var stamp) || !step.Holds(stamp.Sequence))
            return;
        Delivered++;
        SequenceSum += stamp.Sequence;
        if (stamp.Sequence < _last)
            Backwards++;
        _last = stamp.Sequence;
        step.Latencies[loop.Index].RecordTicks(loop.Now - stamp.DueTicks);
    }
}
