using Parley.Protocol.Features;

namespace Parley.Client.Connection;

/// <summary>
/// The waits between attempts to connect. They start over after a connection that lasted <see cref="GoodAfter"/>, and grow while connections are lost sooner.
/// </summary>
internal sealed class ReconnectSchedule(TimeProvider time) : IDisposable
{
    /// <summary>A connection that lasted so long was a good one.</summary>
    internal static readonly TimeSpan GoodAfter = TimeSpan.FromSeconds(10);

    private IEnumerator<TimeSpan> _delays = ReconnectDelays.Create(Random.Shared).GetEnumerator();
    private long? _connectedAt;

    /// <summary>A connection is ready.</summary>
    internal void Connected() => _connectedAt = time.GetTimestamp();

    /// <summary>The wait before the next try.</summary>
    /// <param name="advice">What the server said when it closed the connection (<see cref="ReconnectAdvice"/>), or null.</param>
    internal TimeSpan Next(string? advice)
    {
        var isFirst = _connectedAt is not null;
        if (_connectedAt is { } since && time.GetElapsedTime(since) >= GoodAfter)
        {
            _delays.Dispose();
            _delays = ReconnectDelays.Create(Random.Shared).GetEnumerator();
        }

        _connectedAt = null;
        _delays.MoveNext();
        if (isFirst && advice == ReconnectAdvice.Later && _delays.Current == TimeSpan.Zero)
            _delays.MoveNext();
        return _delays.Current;
    }

    public void Dispose() => _delays.Dispose();
}
