using System.Buffers;

namespace Parley.Protocol.Tests;

/// <summary>The same bytes in pieces, as a network gives them.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> Of(params IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        var first = new Segment(pieces[0], 0);
        var last = first;
        foreach (var piece in pieces.Skip(1))
            last = last.Append(piece);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    /// <summary>Two pieces, cut before the byte at <paramref name="cut"/>.</summary>
    public static ReadOnlySequence<byte> Cut(byte[] bytes, int cut) => Of(bytes.AsMemory(0, cut), bytes.AsMemory(cut));

    /// <summary>Every byte a piece of its own.</summary>
    public static ReadOnlySequence<byte> Dust(byte[] bytes) =>
        Of([.. Enumerable.Range(0, bytes.Length).Select(i => (ReadOnlyMemory<byte>)bytes.AsMemory(i, 1))]);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
