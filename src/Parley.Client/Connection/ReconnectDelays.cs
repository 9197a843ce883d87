namespace Parley.Client.Connection;

/// <summary>How long to wait before each try to come back: 0, 1, 2, 4 ... 30 s.</summary>
internal static class ReconnectDelays
{
    /// <summary>The longest wait, before jitter.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The waits, for ever. All but the first are cut or stretched by up to a fifth, so that the thousand clients of a server that restarts do not come
    /// back in the same moment.
    /// </summary>
    internal static IEnumerable<TimeSpan> Create(Random random)
    {
        yield return TimeSpan.Zero;
        for (var wait = TimeSpan.FromSeconds(1); ; wait = wait * 2 < Longest ? wait * 2 : Longest)
            yield return wait * (0.8 + 0.4 * random.NextDouble());
    }
}
