using System.Buffers;
using System.Collections.Concurrent;

namespace Parley.Server.Events.Sending;

/// <summary>What is said, side by side in one array: written once and sent to many. The array is used again unless an outbox kept it.</summary>
internal sealed class ByteBlock : IBufferWriter<byte>
{
    /// <summary>What one send carries at the most, about: enough for many messages, and below the large object heap.</summary>
    public const int TargetBytes = 60 * 1024;

    private const int MostSpare = 32;

    private static readonly ConcurrentBag<ByteBlock> Spare = [];

    private SharedBytes _bytes = new(new byte[4 * 1024]);

    public int Length { get; private set; }

    public SharedBytes Bytes => _bytes;

    /// <summary>What was appended so far; good until more is.</summary>
    public Span<byte> Written => _bytes.Array.AsSpan(0, Length);

    /// <summary>An empty block, for what is written beside the fan-out; <see cref="Return"/> it when it was sent.</summary>
    public static ByteBlock Rent() => Spare.TryTake(out var block) ? block : new ByteBlock();

    public static void Return(ByteBlock block)
    {
        block.Reset();
        if (Spare.Count < MostSpare)
            Spare.Add(block);
    }

    /// <summary>Drops what was appended since the block was so long.</summary>
    public void TakeBackTo(int length) => Length = length;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    /// <summary>Starts anew after everybody was served.</summary>
    public void Reset()
    {
        if (_bytes.IsKept || _bytes.Array.Length > 4 * TargetBytes)
            _bytes = new SharedBytes(new byte[_bytes.IsKept ? Math.Min(_bytes.Array.Length, TargetBytes) : 4 * 1024]);
        Length = 0;
    }

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 256));
        return _bytes.Array.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    private void Reserve(int count)
    {
        if (_bytes.Array.Length - Length >= count)
            return;
        var grown = new byte[Math.Max(_bytes.Array.Length * 2, Length + count)];
        _bytes.Array.AsSpan(0, Length).CopyTo(grown);
        _bytes = new SharedBytes(grown);
    }
}
