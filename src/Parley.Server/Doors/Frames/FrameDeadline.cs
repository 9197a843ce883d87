namespace Parley.Server.Doors.Frames;

/// <summary>
/// A frame that has begun has so long to come to its end. The clock runs only while its bytes are waited for. Most frames come in one piece and cost no timer;
/// where they do not, it is set once and looks by itself whether the same frame is still coming.
/// </summary>
internal sealed class FrameDeadline(TimeSpan longest, TimeProvider time, Action tooLate) : IDisposable
{
    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long? _began;
    private bool _isSet;

    /// <summary>The rest of a frame is waited for.</summary>
    public void Began()
    {
        if (_began is not null)
            return;
        lock (_gate)
        {
            _began = time.GetTimestamp();
            if (_isSet)
                return;
            _isSet = true;
            _timer ??= time.CreateTimer(static state => ((FrameDeadline?)state)?.Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(longest, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>It is whole.</summary>
    public void Ended()
    {
        if (_began is null)
            return;
        lock (_gate)
            _began = null;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _began = null;
            _timer?.Dispose();
        }
    }

    private void Look()
    {
        lock (_gate)
        {
            _isSet = false;
            if (_began is not { } began)
                return;
            var left = longest - time.GetElapsedTime(began);
            if (left > TimeSpan.Zero)
            {
                _isSet = true;
                _timer?.Change(left, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        tooLate();
    }
}
