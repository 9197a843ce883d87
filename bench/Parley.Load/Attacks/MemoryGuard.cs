using Parley.Load.Running;

namespace Parley.Load.Attacks;

/// <summary>Watches the server's memory, and ends the server before it takes the machine's.</summary>
internal sealed class MemoryGuard(ServerProcess server, long mostBytes)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private readonly Lock _looking = new();
    private readonly ProcessUsage _usage = new(server.ProcessId);
    private long _peak;

    public bool Struck { get; private set; }

    public double BeforeMegabytes { get; private set; }

    public double PeakMegabytes => _peak / 1e6;

    /// <summary>From here on the peak counts.</summary>
    public void Begin() => Try(() =>
    {
        _usage.ForgetPeak();
        _peak = _usage.ResidentBytes;
        BeforeMegabytes = _peak / 1e6;
    });

    public async Task WatchAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                Look();
                await Task.Delay(Pause, stop);
            }
        }
        catch (OperationCanceledException)
        {
            Look();
        }
    }

    private void Look() => Try(() =>
    {
        _peak = Math.Max(_peak, _usage.PeakBytes);
        if (_usage.ResidentBytes <= mostBytes || Struck)
            return;
        Struck = true;
        server.Kill();
    });

    private void Try(Action look)
    {
        try
        {
            lock (_looking)
                look();
        }
        catch (Exception e) when (e is IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            // It is gone; what it had is known.
        }
    }
}
