using System.Globalization;

namespace Parley.Load.Running;

/// <summary>What the kernel says of a process: CPU time and resident memory (Linux, /proc).</summary>
internal sealed class ProcessUsage(int processId)
{
    private const double TicksPerSecond = 100; // sysconf(_SC_CLK_TCK), which is 100 on every Linux that .NET runs on

    /// <summary>User and system time since it started.</summary>
    public double CpuSeconds
    {
        get
        {
            // The name, in parentheses, may hold spaces: the numbered fields start after it; utime and stime are the 14th and 15th.
            var text = File.ReadAllText($"/proc/{processId}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    public long ResidentBytes => Status("VmRSS:");

    /// <summary>The most resident memory since the process started, or since <see cref="ForgetPeak"/>.</summary>
    public long PeakBytes => Status("VmHWM:");

    /// <summary>Lets <see cref="PeakBytes"/> begin anew (proc(5), clear_refs).</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{processId}/clear_refs", "5");

    private long Status(string name)
    {
        var line = File.ReadLines($"/proc/{processId}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
