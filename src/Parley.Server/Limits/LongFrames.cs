namespace Parley.Server.Limits;

/// <summary>The memory of long frames that are being received, of all connections together. The longest message is 24 KiB, so they are rare.</summary>
internal sealed class LongFrames(long mostBytes)
{
    /// <summary>A frame whose buffer is longer is a long one.</summary>
    public const int FromBytes = 64 * 1024;

    private long _taken;

    /// <summary>What is taken now.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Reserves so many bytes; false where that exceeds the limit. 0: no limit.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= mostBytes || mostBytes == 0)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void Give(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
