using System.Globalization;

namespace Parley.WindowBench.Measuring;

/// <summary>Jumps to days all over the history: from the press of the button to the frame in which the first message of that day stands in its place.</summary>
internal static class Jumps
{
    private const int Count = 20;
    private const int Seed = 1;

    internal static async Task MeasureAsync(Page page, ChannelFill.Filled channel, Figures figures)
    {
        var random = new Random(Seed);
        var times = new List<double>();
        var far = 0L;
        var from = (long)channel.Count;
        while (times.Count < Count)
        {
            // Not the last day: its beginning may be in view already.
            var day = DateOnly.FromDateTime(channel.TimeOf(random.Next(1, channel.Count - 5_000)).UtcDateTime);
            var number = channel.FirstOf(day);
            if (number == from)
                continue;
            var took = await page.RunUntilDoneAsync(Page.Script("Jumps.js"), day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), number);
            times.Add(took.GetDouble());
            far += Math.Abs(number - from);
            from = number;
        }

        figures.AddTimes("jump", times);
        figures.Add("jump_mean_distance_messages", far / (double)times.Count);
    }
}
