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
    /// <exception cref="ConnectionLostException">Nothing was heard for two intervals, though it asked after the first.</exception>
    internal async Task RunAsync(CancellationToken ended)
    {
        using var timer = new PeriodicTimer(Interval, time);
        long? heardWhenAsked = null;
        while (await timer.WaitForNextTickAsync(ended).ConfigureAwait(false))
        {
            var heard = Volatile.Read(ref _heardAt);
            if (time.GetElapsedTime(heard) < Interval)
                continue;
            if (heard == heardWhenAsked) // Not even the answer; the time alone does not tell, since the tick after it may be late.
                throw new ConnectionLostException("The server has not answered for a while.");
            heardWhenAsked = heard;
            _ = ask(); // Its answer is heard like everything else.
        }
    }
}
