using Parley.Server.Limits;

namespace Parley.Server.Connections;

/// <summary>
/// A connection that has not logged in has only so long for its next <c>auth_*</c> or <c>hello</c>. While one is carried out (bcrypt may have a queue) the
/// clock stands.
/// </summary>
internal sealed class LoginDeadline : IDisposable
{
    private readonly ServerLimits _limits;
    private readonly ITimer _timer;

    public LoginDeadline(ServerLimits limits, TimeProvider time, Action tooLate)
    {
        _limits = limits;
        _timer = time.CreateTimer(static state => ((Action?)state)?.Invoke(), tooLate, limits.FirstWord, Timeout.InfiniteTimeSpan);
    }

    public void Pause() => _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Restart() => _timer.Change(_limits.NextWord, Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer.Dispose();
}
