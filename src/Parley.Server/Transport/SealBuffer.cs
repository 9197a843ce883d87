using System.Runtime.InteropServices;

namespace Parley.Server.Transport;

/// <summary>
/// Where a round's TLS records lie, of all its receivers one behind the other, until one batch of sends has taken them. It does not move, so that the
/// kernel may read it, and it is as large as what may be sealed and not sent yet: no more.
/// </summary>
internal sealed unsafe class SealBuffer : IDisposable
{
    /// <summary>The most sealed bytes in flight.</summary>
    public const int Capacity = 1024 * 1024;

    private byte* _bytes = (byte*)NativeMemory.Alloc(Capacity);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Sealed => new(_bytes, Length);

    public nint At(int start) => (nint)(_bytes + start);

    /// <summary>Appends a record; false where there is no space for it, and nothing was appended.</summary>
    public bool TryAppend(ReadOnlySpan<byte> record)
    {
        if (record.Length > Capacity - Length)
            return false;
        record.CopyTo(new Span<byte>(_bytes + Length, record.Length));
        Length += record.Length;
        return true;
    }

    /// <summary>Takes back what was appended behind <paramref name="length"/>.</summary>
    public void Truncate(int length) => Length = length;

    public void Dispose()
    {
        NativeMemory.Free(_bytes);
        _bytes = null;
        Length = Capacity;
    }
}
