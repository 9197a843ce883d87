using System.Collections.Concurrent;
using System.Net.Sockets;
using HdrHistogram;
using Parley.Load.Rooms;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Others;

/// <summary>One who talks while others attack: besides when a message was seen, when its acknowledgement came counts.</summary>
internal sealed class Talker(Socket socket, string runName) : ParleyMember(socket, runName)
{
    private readonly ConcurrentDictionary<long, long> _due = new();

    /// <summary>From when a message was due until its acknowledgement; recorded into by the loop's thread.</summary>
    public LongHistogram SayToAck { get; } = Latency.NewHistogram();

    /// <summary>When the messages were due that nobody acknowledged yet.</summary>
    public ICollection<long> Unacknowledged => _due.Values;

    public override void Say(Stamp stamp, int length)
    {
        _due[stamp.Sequence] = stamp.DueTicks;
        base.Say(stamp, length);
    }

    protected override void OnAnswer(long mark, ReadOnlySpan<byte> payload)
    {
        base.OnAnswer(mark, payload);
        if (_due.TryRemove(mark, out var due))
            SayToAck.RecordTicks(Loop.Now - due);
    }
}
