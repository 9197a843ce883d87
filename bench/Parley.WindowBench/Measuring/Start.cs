namespace Parley.WindowBench.Measuring;

/// <summary>From the start of the process until the window can be used. The first has no mirror; the others come back from it.</summary>
internal static class Start
{
    private const int WarmStarts = 3;

    internal static async Task MeasureAsync(Desktop desktop, Figures figures)
    {
        for (var start = 0; start <= WarmStarts; start++)
        {
            await desktop.CloseAsync();
            figures.Add(start == 0 ? "start_no_mirror_ms" : $"start_warm{start}_ms", (await desktop.OpenAsync()).TotalMilliseconds);
            await Task.Delay(TimeSpan.FromSeconds(3));
        }
    }
}
