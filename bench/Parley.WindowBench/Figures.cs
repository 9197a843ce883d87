using System.Globalization;
using System.Text.Json;

namespace Parley.WindowBench;

/// <summary>What one run measured, by name, in the order of measuring; the unit stands at the name's end.</summary>
internal sealed class Figures
{
    private readonly List<(string Name, double Value)> _all = [];

    internal void Add(string name, double value)
    {
        var rounded = Math.Round(value, value < 10 ? 2 : 1);
        _all.Add((name, rounded));
        Console.WriteLine(FormattableString.Invariant($"  {name,-50} {rounded}"));
    }

    /// <summary>The middle and the longest of some times.</summary>
    internal void AddTimes(string name, IReadOnlyCollection<double> milliseconds)
    {
        var sorted = milliseconds.Order().ToArray();
        Add($"{name}_count", sorted.Length);
        Add($"{name}_p50_ms", Percentile(0.5));
        Add($"{name}_p95_ms", Percentile(0.95));
        Add($"{name}_longest_ms", sorted[^1]);

        double Percentile(double share) => sorted[Math.Min(sorted.Length - 1, (int)(share * sorted.Length))];
    }

    /// <summary>The memory of a program and all that it started: the sum, and each program's part.</summary>
    internal void AddMemory(string name, int processId)
    {
        var parts = ProcessTree.Memory(processId);
        Add($"{name}_pss_mb", parts.Values.Sum());
        foreach (var (program, megabytes) in parts)
            Add($"{name}_pss_mb.{program}", megabytes);
    }

    /// <summary>A line for each figure: median and range of several runs, or the figure alone.</summary>
    internal static void PrintTable(IReadOnlyList<Figures> runs)
    {
        foreach (var figures in runs.SelectMany(run => run._all).GroupBy(figure => figure.Name, figure => figure.Value))
        {
            var sorted = figures.Order().ToArray();
            var range = sorted.Length > 1 ? FormattableString.Invariant($" [{sorted[0]} to {sorted[^1]}]") : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{figures.Key,-52} {sorted[sorted.Length / 2]}{range}"));
        }
    }

    internal static string ToJson(Options options, IReadOnlyList<Figures> runs) => JsonSerializer.Serialize(new
    {
        program = Path.GetFileName(options.Program),
        conversation = options.Conversation is null ? "made up" : Path.GetFileName(options.Conversation),
        runs = runs.Select(run => run._all.ToDictionary(figure => figure.Name, figure => figure.Value)),
    });
}
