using System.Globalization;
using System.Text.RegularExpressions;
using Parley.UI.Resources;

namespace Parley.UI.Features.Messages;

/// <summary>Times as the reader writes them.</summary>
internal static partial class MessageTime
{
    /// <summary>The hour alone, for a row whose day is clear.</summary>
    internal static string Hour(DateTimeOffset local) => local.ToString("t", Language.Formats);

    /// <summary>"Today at 14:05", "22/11/2026 14:05".</summary>
    internal static string Short(DateTimeOffset local, DateOnly today)
    {
        var day = DateOnly.FromDateTime(local.DateTime);
        if (day == today)
            return Phrase.Format(Strings.TodayAt, Hour(local));
        return day == today.AddDays(-1)
            ? Phrase.Format(Strings.YesterdayAt, Hour(local))
            : $"{ShortDay(day)} {Hour(local)}";
    }

    /// <summary>A day in numbers: "22/11/2026", "22.11.2026".</summary>
    internal static string ShortDay(DateOnly day) => day.ToString("d", Language.Formats);

    /// <summary>Reads a day as the reader writes it, or as computers do (2026-11-22).</summary>
    internal static bool TryReadDay(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        || DateOnly.TryParse(text, Language.Formats, DateTimeStyles.AllowWhiteSpaces, out day);

    /// <summary>The day and the time to the second, for who wants to know exactly.</summary>
    internal static string Full(DateTimeOffset local) => local.ToString(Natural(Language.Formats.DateTimeFormat.FullDateTimePattern), Language.Formats);

    /// <summary>A day without its name: "2 January 2026", "2. Januar 2026".</summary>
    internal static string Day(DateTimeOffset local) =>
        local.ToString(LongDate.Replace("dddd", "", StringComparison.Ordinal).Trim(' ', ',', '،'), Language.Formats);

    /// <summary>A day as the line between days names it.</summary>
    internal static string DayInWords(DateOnly day, DateOnly today)
    {
        if (day == today)
            return Strings.Today;
        return day == today.AddDays(-1) ? Strings.Yesterday : day.ToString(LongDate, Language.Formats);
    }

    private static string LongDate => Natural(Language.Formats.DateTimeFormat.LongDatePattern);

    // Beside the name of a month nobody writes "02", though the patterns of some cultures (and of none at all) have it so.
    private static string Natural(string pattern) => TwoDigitDay().Replace(pattern, "d");

    [GeneratedRegex("(?<!d)dd(?!d)", RegexOptions.CultureInvariant)]
    private static partial Regex TwoDigitDay();
}
