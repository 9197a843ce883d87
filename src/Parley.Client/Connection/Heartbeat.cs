namespace Parley.Client.Connection;

/// <summary>
/// Notices a wire that is dead without a word: where nothing was heard for a while it asks, and where then nothing is heard either, it gives up. It also
/// keeps the way open through routers that forget silent connections.
/// </summary>
internal sealed class Heartbeat(TimeProvider time, Func<Task> ask)
{
    /// <summary>Silence after which it asks; routers forget after a minute at the earliest.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    private long _heardAt = time.GetTimestamp();

    /// <summary>Something was heard.</summary>
    internal void Heard() => Volatile.Write(ref _heardAt, time.GetTimestamp());

    /// <summary>Watches until the connection ends.</summary>
    /// <exception cref="ConnectionLostException">Nothing was heard for two intervals.</exception>
    internal async Task RunAsync(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var hasAsked = false;
        while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
        {
            var isSilent = time.GetElapsedTime(Volatile.Read(ref _heardAt)) >= Interval;
            if (isSilent && hasAsked)
                throw new ConnectionLostException("The server has not answered for a while.");
            hasAsked = isSilent;
            if (isSilent)
                _ = ask(); // Its answer is heard like everything else.
        }
    }
}
