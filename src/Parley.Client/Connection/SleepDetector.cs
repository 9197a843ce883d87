namespace Parley.Client.Connection;

/// <summary>
/// Detects that the machine has slept: the wall clock went on, and the monotonic clock did not. A wall clock that is set forward looks the same, and costs one
/// needless request.
/// </summary>
internal sealed class SleepDetector(TimeProvider time)
{
    /// <summary>How often to look, at the least.</summary>
    internal static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(10);

    private DateTimeOffset _wall = time.GetUtcNow();
    private long _steady = time.GetTimestamp();

    /// <summary>Whether it has slept since the last look.</summary>
    internal bool HasSlept()
    {
        var jump = time.GetUtcNow() - _wall - time.GetElapsedTime(_steady);
        (_wall, _steady) = (time.GetUtcNow(), time.GetTimestamp());
        return jump >= Jump;
    }
}
