using System.Diagnostics;
using HdrHistogram;

namespace Parley.Load.Running;

/// <summary>Times in histograms of microseconds, three digits, up to a minute.</summary>
internal static class Latency
{
    private const long MaxMicroseconds = 60_000_000;
    private static readonly double MicrosecondsPerTick = 1_000_000.0 / Stopwatch.Frequency;

    public static LongHistogram NewHistogram() => new(1, MaxMicroseconds, 3);

    public static void RecordTicks(this LongHistogram histogram, long ticks, long count = 1) =>
        histogram.RecordValueWithCount(Math.Clamp((long)(ticks * MicrosecondsPerTick), 1, MaxMicroseconds), count);

    public static LongHistogram Sum(IEnumerable<LongHistogram> parts)
    {
        var sum = NewHistogram();
        foreach (var part in parts)
            sum.Add(part);
        return sum;
    }

    public static double Milliseconds(this LongHistogram histogram, double percentile) =>
        histogram.TotalCount == 0 ? 0 : Math.Round(histogram.GetValueAtPercentile(percentile) / 1000.0, 3);
}
