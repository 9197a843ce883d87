using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using HdrHistogram;
using Parley.Load.Running;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Stores;

/// <summary>Says messages with a fixed number of them unacknowledged, and measures each until its acknowledgement.</summary>
internal sealed class Writer(Socket socket, string runName) : ParleyConnection(socket)
{
    private readonly ArrayBufferWriter<byte> _frames = new();
    private string _text = "";
    private ChannelId _channel;
    private long _acknowledged;
    private long _firstMark;
    private int _window;
    private long _count;
    private long _next;
    private long[] _sentAt = [];

    /// <summary>Times from send to acknowledgement.</summary>
    public LongHistogram Latencies { get; } = Latency.NewHistogram();

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public long Refused { get; private set; }

    public bool IsDone => Acknowledged + Refused >= _count;

    public void SpeakIn(ChannelId channel, int length)
    {
        _channel = channel;
        _text = new string('x', length);
    }

    /// <summary>Says <paramref name="count"/> messages; the acknowledgements draw all but the first of them.</summary>
    public void Begin(long count, int window)
    {
        _firstMark += _count;
        (_count, _window, _next, Refused) = (count, window, 0, 0);
        Volatile.Write(ref _acknowledged, 0);
        Latencies.Reset();
        _sentAt = new long[window];
        for (var i = 0; i < window && i < count; i++)
            Append();
        Flush();
    }

    protected override void OnAnswer(long mark, ReadOnlySpan<byte> payload)
    {
        var index = mark - _firstMark;
        if (index < 0 || index >= _count)
            return;
        Latencies.RecordTicks(Loop.Now - _sentAt[index % _window]);
        if (payload.StartsWith("{\"type\":\"ack\","u8))
            Volatile.Write(ref _acknowledged, _acknowledged + 1);
        else
            Refused++;
        if (_next < _count)
            Append();
    }

    // All that one receive acknowledged is answered by one send.
    protected override int Consume(ReadOnlySpan<byte> bytes)
    {
        var consumed = base.Consume(bytes);
        Flush();
        return consumed;
    }

    private void Append()
    {
        var mark = _firstMark + _next;
        // Acknowledgements come in order: what was sent a window ago has its own, so its place is free.
        _sentAt[_next % _window] = Stopwatch.GetTimestamp();
        _next++;
        var said = new SayMessage(null, _text, _channel, $"{runName}-{mark}") { Ref = RequestRef.FromNumber(mark) };
        FrameWriter.Write(_frames, said, ProtocolJson.Default.SayMessage);
    }

    private void Flush()
    {
        if (_frames.WrittenCount == 0)
            return;
        Send(_frames.WrittenSpan);
        _frames.ResetWrittenCount();
    }
}
