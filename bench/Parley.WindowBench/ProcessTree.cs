using System.Globalization;

namespace Parley.WindowBench;

/// <summary>A process and all that it started, as /proc has them.</summary>
internal static class ProcessTree
{
    private const int TicksPerSecond = 100; // USER_HZ, the same on every Linux.

    /// <summary>The memory of all of them, what is shared counted once (PSS), by name, in megabytes.</summary>
    internal static IReadOnlyDictionary<string, double> Memory(int root) =>
        Members(root).GroupBy(NameOf).ToDictionary(group => group.Key, group => Math.Round(group.Sum(PssOf), 1));

    /// <summary>The processor's time that all of them have taken, in seconds.</summary>
    internal static double CpuSeconds(int root) => Members(root).Sum(id => Stat(id) is { } stat ? (Number(stat[11]) + Number(stat[12])) / TicksPerSecond : 0);

    private static List<int> Members(int root)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).OfType<string>()
            .Where(name => name.All(char.IsAsciiDigit)).Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .ToDictionary(id => id, id => Stat(id) is { } stat ? (int)Number(stat[1]) : 0);
        return [.. parents.Keys.Where(IsBelow)];

        bool IsBelow(int id) => id == root || (parents.TryGetValue(id, out var parent) && parent > 1 && IsBelow(parent));
    }

    private static double PssOf(int id)
    {
        try
        {
            var line = File.ReadLines($"/proc/{id}/smaps_rollup").FirstOrDefault(l => l.StartsWith("Pss:", StringComparison.Ordinal));
            return line is null ? 0 : Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) / 1024.0;
        }
        catch (IOException)
        {
            return 0; // It has ended.
        }
    }

    private static string NameOf(int id) => File.Exists($"/proc/{id}/comm") ? File.ReadAllText($"/proc/{id}/comm").Trim() : "ended";

    // What follows the name in parentheses: state, parent, ... utime and stime are the 12th and 13th of these.
    private static string[]? Stat(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
