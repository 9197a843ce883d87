using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Protocol.Framing;

namespace Parley.Protocol.Tests.Framing;

public sealed class FrameReaderTests
{
    private const int HeaderBytes = 4;
    private const int MaxPayloadBytes = 1_048_576;

    public static TheoryData<string> Goldens => [.. Examples.All];

    [Theory]
    [MemberData(nameof(Goldens))]
    public void A_frame_cut_at_any_byte_is_incomplete_before_its_end_and_whole_after_it(string json)
    {
        var frame = Examples.Frame(json);

        for (var cut = 0; cut < frame.Length; cut++)
        {
            var arrived = new ReadOnlySequence<byte>(frame, 0, cut);
            Assert.Equal(FrameStatus.Incomplete, FrameReader.TryRead(ref arrived, out _));
            Assert.Equal(cut, arrived.Length);
            Assert.Equal(FrameStatus.Incomplete, FrameReader.TryRead(frame.AsMemory(0, cut), out _, out var consumed));
            Assert.Equal(0, consumed);

            var inTwo = Segments.Cut(frame, cut);
            Assert.Equal(FrameStatus.Complete, FrameReader.TryRead(ref inTwo, out var payload));
            Assert.Equal(json, Text(payload));
            Assert.True(inTwo.IsEmpty);
        }
    }

    [Fact]
    public void Frames_in_one_row_come_out_one_by_one_wherever_the_row_is_cut()
    {
        byte[] row = [.. Examples.All.Take(5).SelectMany(Examples.Frame)];

        for (var cut = 0; cut <= row.Length; cut++)
            Assert.Equal(Examples.All.Take(5), ReadAll(Segments.Cut(row, cut)));
        Assert.Equal(Examples.All.Take(5), ReadAll(Segments.Dust(row)));
    }

    [Fact]
    public void What_follows_a_frame_is_left_alone()
    {
        byte[] bytes = [.. Examples.Frame("{}"), 0, 0, 0];

        Assert.Equal(FrameStatus.Complete, FrameReader.TryRead(bytes.AsMemory(), out var payload, out var consumed));

        Assert.Equal("{}"u8, payload.Span);
        Assert.Equal(bytes.Length - 3, consumed);
    }

    [Fact]
    public void A_length_of_zero_is_a_frame_with_an_empty_payload()
    {
        var bytes = new ReadOnlySequence<byte>(new byte[HeaderBytes]);

        Assert.Equal(FrameStatus.Complete, FrameReader.TryRead(ref bytes, out var payload));
        Assert.True(payload.IsEmpty);
        Assert.True(bytes.IsEmpty);
        Assert.Equal(FrameStatus.Complete, FrameReader.TryRead(new byte[HeaderBytes], out _, out var consumed));
        Assert.Equal(HeaderBytes, consumed);
    }

    [Fact]
    public void The_largest_payload_is_a_frame()
    {
        var frame = new byte[HeaderBytes + MaxPayloadBytes];
        BinaryPrimitives.WriteUInt32BigEndian(frame, MaxPayloadBytes);
        var bytes = new ReadOnlySequence<byte>(frame);

        Assert.Equal(FrameStatus.Complete, FrameReader.TryRead(ref bytes, out var payload));
        Assert.Equal(MaxPayloadBytes, payload.Length);
        Assert.Equal(FrameStatus.Complete, FrameReader.TryRead(frame.AsMemory(), out _, out var consumed));
        Assert.Equal(frame.Length, consumed);
    }

    [Theory]
    [InlineData(MaxPayloadBytes + 1)]
    [InlineData(0x0200_0000)] // A multiple of 2^24: a reader of three bytes would see 0.
    [InlineData(0x7FFF_FFFF)]
    [InlineData(0x8000_0000)] // Negative as a signed number.
    [InlineData(0xFFFF_FFFF)]
    public void A_longer_announced_length_is_refused_from_the_header_alone(uint length)
    {
        var header = new byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32BigEndian(header, length);
        var bytes = Segments.Dust(header);

        Assert.Equal(FrameStatus.TooLong, FrameReader.TryRead(ref bytes, out var payload));
        Assert.True(payload.IsEmpty);
        Assert.Equal(FrameStatus.TooLong, FrameReader.TryRead(header, out _, out var consumed));
        Assert.Equal(0, consumed);
    }

    [Fact]
    public void Any_payloads_in_any_pieces_come_out_as_they_went_in()
    {
        Prop.ForAll<byte[][], int[]>((payloads, cuts) =>
        {
            byte[] row = [.. payloads.SelectMany(Framed)];
            var found = new List<byte[]>();
            var bytes = Cut(row, cuts);
            while (FrameReader.TryRead(ref bytes, out var payload) == FrameStatus.Complete)
                found.Add(payload.ToArray());
            return bytes.IsEmpty && found.Count == payloads.Length && found.Zip(payloads).All(p => p.First.AsSpan().SequenceEqual(p.Second));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Both_overloads_say_the_same_of_any_bytes()
    {
        Prop.ForAll<byte[]>(bytes =>
        {
            var sequence = new ReadOnlySequence<byte>(bytes);
            var status = FrameReader.TryRead(ref sequence, out var payload);
            var other = FrameReader.TryRead(bytes.AsMemory(), out var otherPayload, out var consumed);
            return status == other && payload.ToArray().AsSpan().SequenceEqual(otherPayload.Span) && bytes.Length - sequence.Length == consumed;
        }).QuickCheckThrowOnFailure();
    }

    private static List<string> ReadAll(ReadOnlySequence<byte> bytes)
    {
        var texts = new List<string>();
        while (FrameReader.TryRead(ref bytes, out var payload) == FrameStatus.Complete)
            texts.Add(Text(payload));
        return texts;
    }

    private static string Text(ReadOnlySequence<byte> payload) => Encoding.UTF8.GetString(payload.ToArray());

    private static byte[] Framed(byte[] payload) => [0, 0, (byte)(payload.Length >> 8), (byte)payload.Length, .. payload];

    private static ReadOnlySequence<byte> Cut(byte[] row, int[] cuts)
    {
        int[] edges = [0, .. cuts.Select(c => (int)((uint)c % (row.Length + 1))).Order(), row.Length];
        return Segments.Of([.. edges.Zip(edges.Skip(1)).Select(e => (ReadOnlyMemory<byte>)row.AsMemory(e.First..e.Second))]);
    }
}
