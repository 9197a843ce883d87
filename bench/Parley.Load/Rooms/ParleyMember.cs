using System.Buffers;
using System.Net.Sockets;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Rooms;

/// <summary>A member at level 1 (no channel id: the current channel) or level 2.</summary>
internal class ParleyMember(Socket socket, string runName) : ParleyConnection(socket), IMember
{
    private readonly ArrayBufferWriter<byte> _frame = new(512);
    private ChannelId? _channel;

    public Tally Tally { get; } = new();

    public long Acknowledged { get; private set; }

    public long Refused { get; private set; }

    public void SpeakIn(ChannelId? channel) => _channel = channel;

    public virtual void Say(Stamp stamp, int length)
    {
        _frame.ResetWrittenCount();
        var message = _channel is null
            ? new SayMessage(null, stamp.ToText(length))
            : new SayMessage(null, stamp.ToText(length), _channel, $"{runName}-{stamp.Sequence}") { Ref = RequestRef.FromNumber(stamp.Sequence) };
        FrameWriter.Write(_frame, message, ProtocolJson.Default.SayMessage);
        Send(_frame.WrittenSpan);
    }

    protected override void OnDelivery(ReadOnlySpan<byte> payload) => Tally.Take(payload, Loop);

    protected override void OnAnswer(long mark, ReadOnlySpan<byte> payload)
    {
        if (payload.StartsWith("{\"type\":\"ack\","u8))
            Acknowledged++;
        else
            Refused++;
    }
}
