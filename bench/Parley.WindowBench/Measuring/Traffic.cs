namespace Parley.WindowBench.Measuring;

/// <summary>
/// An hour's traffic in some minutes: what arrives in the channel in view, then the channels one after another, then nothing. Memory and CPU.
/// </summary>
internal static class Traffic
{
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5);

    // Ten channels: down through all of them, and up again.
    private const int Sweep = 9;

    internal static async Task MeasureAsync(Desktop desktop, Screen screen, Talker talker, Options options, Figures figures)
    {
        if (!desktop.IsOpen)
            await desktop.OpenAsync();
        await Task.Delay(Settling);
        figures.AddMemory("at_rest", desktop.ProcessId);

        var before = ProcessTree.CpuSeconds(desktop.ProcessId);
        await talker.SayAsync(options.Messages, options.Rate);
        await Task.Delay(Settling);
        figures.Add("cpu_ms_a_message", 1_000 * (ProcessTree.CpuSeconds(desktop.ProcessId) - before) / options.Messages);
        figures.AddMemory("after_messages", desktop.ProcessId);

        before = ProcessTree.CpuSeconds(desktop.ProcessId);
        await screen.FocusAsync(Desktop.Title);
        for (var i = 0; i < options.Switches; i++)
        {
            await screen.PressAsync(i / Sweep % 2 == 0 ? "alt+Down" : "alt+Up");
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        figures.Add("cpu_ms_a_switch", 1_000 * (ProcessTree.CpuSeconds(desktop.ProcessId) - before) / Math.Max(1, options.Switches));
        await Task.Delay(Settling);
        figures.AddMemory("after_switches", desktop.ProcessId);

        before = ProcessTree.CpuSeconds(desktop.ProcessId);
        await Task.Delay(TimeSpan.FromSeconds(options.IdleSeconds));
        figures.Add("idle_cpu_percent", 100 * (ProcessTree.CpuSeconds(desktop.ProcessId) - before) / options.IdleSeconds);
        figures.AddMemory("after_idle", desktop.ProcessId);
    }
}
