namespace Parley.Server.Limits;

/// <summary>The memory of long frames that are under way, of all connections together. Nearly nobody sends any: the longest message is 24 KiB.</summary>
internal sealed class LongFrames(long mostBytes)
{
    /// <summary>A longer buffer is a long frame's.</summary>
    public const int FromBytes = 64 * 1024;

    private long _taken;

    /// <summary>What is taken now.</summary>
    public long Taken => Volatile.Read(ref _taken);

    /// <summary>Takes so many bytes; false where they are not there. 0 stands for no limit.</summary>
    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) <= mostBytes || mostBytes == 0)
            return true;
        Interlocked.Add(ref _taken, -bytes);
        return false;
    }

    public void Give(int bytes) => Interlocked.Add(ref _taken, -bytes);
}
