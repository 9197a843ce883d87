namespace Parley.Server.Limits;

/// <summary>
/// Estimates when a frame reached the kernel. While one command is carried out nothing is read, so the frames behind it would all look as if they came at
/// once. Used by one connection's reader alone.
/// </summary>
internal struct ReceiveClock(TimeProvider time)
{
    private static readonly TimeSpan Noticeable = TimeSpan.FromMilliseconds(50);

    // Bounds the burst that somebody can save up: 50 messages at five a second.
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(10);

    private TimeSpan _behind;

    /// <summary>The reader was busy for so long, and read nothing.</summary>
    public void StoodStill(TimeSpan howLong)
    {
        if (howLong >= Noticeable)
            _behind = TimeSpan.FromTicks(Math.Min((_behind + howLong).Ticks, MostBehind.Ticks));
    }

    /// <summary>Everything received was read: the next frame is received when it is read.</summary>
    public void CaughtUp() => _behind = TimeSpan.Zero;

    /// <summary>
    /// The time (of <see cref="TimeProvider.GetTimestamp"/>) at which the next message counts: as if those that waited had come at an even pace.
    /// </summary>
    public long Next(int perSecond)
    {
        var now = time.GetTimestamp();
        if (_behind == TimeSpan.Zero || perSecond == 0)
            return now;
        // Rounded up: three times a third of a second must not be less than one.
        var left = _behind.Ticks - (((TimeSpan.TicksPerSecond - 1) / perSecond) + 1);
        _behind = TimeSpan.FromTicks(Math.Max(left, 0));
        return now - (_behind.Ticks * time.TimestampFrequency / TimeSpan.TicksPerSecond);
    }
}
