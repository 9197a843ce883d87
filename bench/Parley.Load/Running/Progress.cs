namespace Parley.Load.Running;

/// <summary>A line on standard error about once a second, while somebody watches.</summary>
internal static class Progress
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits for a condition, saying each second how far it is.</summary>
    public static async Task WaitAsync(Func<bool> done, Func<string> words, CancellationToken cancel)
    {
        var next = Environment.TickCount64;
        while (!done())
        {
            if (Environment.TickCount64 >= next)
            {
                await Console.Error.WriteLineAsync(words());
                next = Environment.TickCount64 + (long)Interval.TotalMilliseconds;
            }

            await Task.Delay(Step, cancel);
        }
    }
}
