namespace Parley.Server.Limits;

/// <summary>A token bucket for one connection's frames. Used by that connection's reader alone.</summary>
internal struct FrameBucket(int framesPerSecond, TimeProvider time)
{
    private const int BurstSeconds = 5;

    private double _tokens = framesPerSecond * BurstSeconds;
    private long _at = time.GetTimestamp();

    /// <summary>Takes one frame's worth; false where the connection sends faster than it may.</summary>
    public bool TryTake()
    {
        if (framesPerSecond == 0)
            return true;
        if (_tokens < 1)
        {
            var now = time.GetTimestamp();
            _tokens = Math.Min(framesPerSecond * BurstSeconds, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * framesPerSecond));
            _at = now;
            if (_tokens < 1)
                return false;
        }

        _tokens--;
        return true;
    }
}
