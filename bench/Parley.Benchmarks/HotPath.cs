using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Text;
using Parley.Protocol.Wire;
using Parley.Server.Doors.Frames;
using Parley.Server.Events.Sending;

namespace Parley.Benchmarks;

/// <summary>
/// The parts of a message's way through the server: read a frame, read its head, read its command, encode its event, hand the bytes to receivers. What each may
/// allocate is held by tests (Parley.Server.Tests/Allocations); the times are for people to compare.
/// </summary>
[MemoryDiagnoser]
public class HotPath
{
    private const string Text = "The quick brown fox jumps over the lazy dog, and says so to the whole room.";

    private readonly byte[] _frame = FrameWriter.ToFrame(new SayMessage(null, Text, new ChannelId(1), "0199c0ffee0123456789") { Ref = RequestRef.FromNumber(17) }, ProtocolJson.Default.SayMessage);
    private readonly ByteBlock _block = new();
    private readonly EventPushed _event = new(
        new ChannelId(1), new ChannelEvent(121, EventKind.Message, new MessageId(4711), new UserId(1), "alice", Text, DateTimeOffset.UnixEpoch), "0199c0ffee0123456789");

    private readonly Ack _acknowledgement = new(new ChannelId(1), 121, new MessageId(4711), DateTimeOffset.UnixEpoch, "0199c0ffee0123456789") { Ref = RequestRef.FromNumber(17) };
    private readonly byte[] _acknowledged;

    private Outbox[] _outboxes = [];

    /// <summary>Makes what every run has.</summary>
    public HotPath() => _acknowledged = FrameWriter.ToFrame(_acknowledgement, ProtocolJson.Default.Ack);

    /// <summary>How many receivers <see cref="Enqueue"/> has.</summary>
    [Params(1, 10, 1_000)]
    public int Receivers { get; set; } = 1_000;

    /// <summary>Makes the receivers.</summary>
    [GlobalSetup]
    public void SetUp() => _outboxes = [.. Enumerable.Range(0, Receivers).Select(_ => new Outbox(new BottomlessTransport(), new WaitingBytes(0)))];

    /// <summary>Cuts a frame out of received bytes.</summary>
    [Benchmark]
    public int ReadFrame()
    {
        FrameReader.TryRead(_frame, out _, out var consumed);
        return consumed;
    }

    /// <summary>Checks a payload and finds its type and ref.</summary>
    [Benchmark]
    public PayloadKind ReadHead() => FrameHead.Read(_frame.AsSpan(FrameLimits.HeaderBytes)).Kind;

    /// <summary>Reads a message's fields.</summary>
    [Benchmark]
    public string? ReadCommand() => JsonSerializer.Deserialize(_frame.AsSpan(FrameLimits.HeaderBytes), ProtocolJson.Default.SayMessage)?.Content;

    /// <summary>Looks for mentions in a text without any, which nearly every message is.</summary>
    [Benchmark]
    public int FindMentions() => Mentions.Users(Text).Count;

    /// <summary>Writes an event as a frame, once for all receivers.</summary>
    [Benchmark]
    public int EncodeEvent()
    {
        _block.Reset();
        FrameEncoder.Append(_block, _event);
        return _block.Length;
    }

    /// <summary>Writes an acknowledgement where it leaves, as the server does (ADR 0030).</summary>
    [Benchmark]
    public int EncodeAcknowledgement()
    {
        _block.Reset();
        FrameEncoder.Append(_block, _acknowledgement);
        return _block.Length;
    }

    /// <summary>The same written beside, and brought there as bytes.</summary>
    [Benchmark]
    public int CopyAcknowledgement()
    {
        _block.Reset();
        _block.Append(_acknowledged);
        return _block.Length;
    }

    /// <summary>What bringing bytes needs on the other thread: a block to write to, and back.</summary>
    [Benchmark]
    public int EncodeAcknowledgementBeside()
    {
        var beside = ByteBlock.Rent();
        FrameEncoder.Append(beside, _acknowledgement);
        var length = beside.Length;
        ByteBlock.Return(beside);
        return length;
    }

    /// <summary>Hands the same bytes to every receiver.</summary>
    [Benchmark]
    public bool Enqueue()
    {
        var taken = true;
        foreach (var outbox in _outboxes)
            taken &= outbox.TryEnqueue(_block.Bytes, 0, _block.Length);
        return taken;
    }
}
