using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Frames side by side in one array, written once and sent to many. The array is used again unless an outbox kept it.</summary>
#pragma warning disable CA1001 // The JSON writer holds nothing but memory, and is used again as long as the block is.
internal sealed class FrameBlock : IBufferWriter<byte>
#pragma warning restore CA1001
{
    /// <summary>What one send carries at the most, about: enough for many messages, and below the large object heap.</summary>
    public const int TargetBytes = 60 * 1024;

    private const int MostSpare = 32;

    private static readonly ConcurrentBag<FrameBlock> Spare = [];

    private readonly Utf8JsonWriter _json;
    private SharedBytes _bytes = new(new byte[4 * 1024]);

    public FrameBlock() => _json = new Utf8JsonWriter(this, ProtocolJson.WriterOptions);

    public int Length { get; private set; }

    public SharedBytes Bytes => _bytes;

    /// <summary>An empty block, for what is written beside the fan-out; <see cref="Return"/> it when it was sent.</summary>
    public static FrameBlock Rent() => Spare.TryTake(out var block) ? block : new FrameBlock();

    public static void Return(FrameBlock block)
    {
        block.Reset();
        if (Spare.Count < MostSpare)
            Spare.Add(block);
    }

    /// <summary>Appends one message as a frame.</summary>
    /// <param name="message">The message.</param>
    /// <param name="typeInfo">Its contract.</param>
    /// <param name="lastArray">Elements that are JSON already, for the array that is the message's last property, and empty there.</param>
    public void Append<T>(T message, JsonTypeInfo<T> typeInfo, IReadOnlyList<byte[]>? lastArray = null)
    {
        var start = Length;
        try
        {
            GetSpan(FrameLimits.HeaderBytes);
            Length += FrameLimits.HeaderBytes;
            _json.Reset();
            JsonSerializer.Serialize(_json, message, typeInfo);
            _json.Flush();
            if (lastArray is not null)
                FillLastArray(lastArray);
            var payload = Length - start - FrameLimits.HeaderBytes;
            if (payload > FrameLimits.MaxPayloadBytes)
                throw new FrameTooLongException(payload);
            BinaryPrimitives.WriteUInt32BigEndian(_bytes.Array.AsSpan(start), (uint)payload);
        }
        catch
        {
            TakeBackTo(start); // A frame is there whole or not at all.
            throw;
        }
    }

    /// <summary>Drops what was appended since the block was so long.</summary>
    public void TakeBackTo(int length) => Length = length;

    /// <summary>Appends bytes that are whole frames already.</summary>
    public void Append(ReadOnlySpan<byte> frames)
    {
        frames.CopyTo(GetSpan(frames.Length));
        Length += frames.Length;
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

    private void FillLastArray(IReadOnlyList<byte[]> elements)
    {
        var end = "[]}"u8;
        if (!_bytes.Array.AsSpan(0, Length).EndsWith(end))
            throw new InvalidOperationException("The message does not end with an empty array.");
        Length -= end.Length - 1;
        for (var i = 0; i < elements.Count; i++)
        {
            if (i > 0)
                Append(","u8);
            Append(elements[i]);
        }

        Append(end[1..]);
    }

    private void Reserve(int count)
    {
        if (_bytes.Array.Length - Length >= count)
            return;
        var grown = new byte[Math.Max(_bytes.Array.Length * 2, Length + count)];
        _bytes.Array.AsSpan(0, Length).CopyTo(grown);
        _bytes = new SharedBytes(grown);
    }
}
