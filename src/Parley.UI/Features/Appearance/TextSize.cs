using Parley.UI.State;

namespace Parley.UI.Features.Appearance;

/// <summary>The sizes of text that there are, in percent, and the way from one to the next.</summary>
public static class TextSize
{
    private const int Usual = 100;

    /// <summary>The sizes, from the smallest to the largest.</summary>
    public static IReadOnlyList<int> All { get; } = [80, 90, 100, 110, 125, 150];

    /// <summary>The same preferences with larger or smaller text; the sizes end at both sides.</summary>
    /// <param name="preferences">Those of now.</param>
    /// <param name="by">1 for larger, -1 for smaller, 0 for the usual size.</param>
    public static Preferences Step(Preferences preferences, int by)
    {
        ArgumentNullException.ThrowIfNull(preferences);
        var next = by switch
        {
            > 0 => All.FirstOrDefault(size => size > preferences.FontPercent, All[^1]),
            < 0 => All.LastOrDefault(size => size < preferences.FontPercent, All[0]),
            _ => Usual,
        };
        return preferences with { FontPercent = next };
    }
}
