using System.Buffers;
using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using HdrHistogram;
using Parley.Load.Running;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Replay;

/// <summary>
/// One author: says its lines in their order with a bounded number of them unacknowledged, and watches every event that arrives, its own and all others'.
/// </summary>
internal sealed class Speaker(Socket socket, Ledger ledger, LongHistogram[] latencies, int window) : ParleyConnection(socket)
{
    private readonly ArrayBufferWriter<byte> _frames = new();
    private readonly byte[] _nonceMarker = Encoding.UTF8.GetBytes($"\"nonce\":\"{ledger.Run}-");
    private readonly List<int> _lines = [];
    private byte[] _eventStart = [];
    private ChannelId _channel;
    private int _next;
    private int _unacknowledged;

    /// <summary>The number of the last event that arrived.</summary>
    public long LastSeen { get; private set; }

    public long Seen { get; private set; }

    public long Missed { get; private set; }

    public long SeenTwice { get; private set; }

    public int Acknowledged { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Acknowledgements whose number was not above the one before: the author's order was not kept.</summary>
    public int OutOfOrder { get; private set; }

    /// <summary>Refusals of lines that the rule allows, and acknowledgements of lines that it does not.</summary>
    public int Wrong { get; private set; }

    public int Sent => _next;

    public bool IsDone => Acknowledged + Refused == _lines.Count;

    private long _lastNumber;

    public void Assign(ChannelId channel, long lastNumber, IEnumerable<int> lines)
    {
        _channel = channel;
        LastSeen = lastNumber;
        _eventStart = Encoding.UTF8.GetBytes($"{{\"type\":\"event\",\"channel_id\":{channel},");
        _lines.AddRange(lines);
    }

    /// <summary>Says the first lines; the acknowledgements draw the rest. Called once, before anything is under way.</summary>
    public void Begin() => FillWindow();

    protected override void OnDelivery(ReadOnlySpan<byte> payload)
    {
        if (!payload.StartsWith(_eventStart))
            return;
        var number = Scan.Number(payload, "\"number\":"u8);
        Seen++;
        if (number <= LastSeen)
            SeenTwice++;
        else
            Missed += number - LastSeen - 1;
        LastSeen = Math.Max(LastSeen, number);
        var line = Scan.LastNumber(payload, _nonceMarker);
        if ((ulong)line < (ulong)ledger.Count)
            latencies[Loop.Index].RecordTicks(Loop.Now - Volatile.Read(ref ledger.SentAt[line]));
    }

    protected override void OnAnswer(long mark, ReadOnlySpan<byte> payload)
    {
        _unacknowledged--;
        if (payload.StartsWith("{\"type\":\"ack\","u8))
            Take((int)mark, Scan.Number(payload, "\"number\":"u8), payload);
        else
            TakeRefusal((int)mark);
        FillWindow();
    }

    private void Take(int line, long number, ReadOnlySpan<byte> payload)
    {
        Acknowledged++;
        if (ledger.Expected[line] is null || Scan.LastNumber(payload, _nonceMarker) != line || ledger.Numbers[line] != Ledger.NotYet)
            Wrong++;
        if (number <= _lastNumber)
            OutOfOrder++;
        _lastNumber = number;
        Volatile.Write(ref ledger.Numbers[line], number);
    }

    private void TakeRefusal(int line)
    {
        Refused++;
        if (ledger.Expected[line] is not null)
            Wrong++;
        Volatile.Write(ref ledger.Numbers[line], Ledger.Refused);
    }

    private void FillWindow()
    {
        _frames.ResetWrittenCount();
        while (_unacknowledged < window && _next < _lines.Count)
        {
            Write(_lines[_next++]);
            _unacknowledged++;
        }

        if (_frames.WrittenCount > 0)
            Send(_frames.WrittenSpan);
    }

    private void Write(int line)
    {
        var mark = RequestRef.FromNumber(line);
        var nonce = $"{ledger.Run}-{line}";
        Volatile.Write(ref ledger.SentAt[line], Stopwatch.GetTimestamp());
        if (ledger.IsAction[line])
            FrameWriter.Write(_frames, new SayAction(null, ledger.Said[line], _channel, nonce) { Ref = mark }, ProtocolJson.Default.SayAction);
        else
            FrameWriter.Write(_frames, new SayMessage(null, ledger.Said[line], _channel, nonce) { Ref = mark }, ProtocolJson.Default.SayMessage);
    }
}
