using Parley.UI.Resources;

namespace Parley.UI.Features.Messages;

/// <summary>Times as the reader writes them.</summary>
internal static class MessageTime
{
    /// <summary>The hour alone, for a row whose day is clear.</summary>
    internal static string Hour(DateTimeOffset local) => local.ToString("t", Language.Formats);

    /// <summary>"Today at 14:05", "22/11/2026 14:05".</summary>
    internal static string Short(DateTimeOffset local, DateOnly today)
    {
        var day = DateOnly.FromDateTime(local.DateTime);
        if (day == today)
            return Words.With(Strings.TodayAt, Hour(local));
        return day == today.AddDays(-1)
            ? Words.With(Strings.YesterdayAt, Hour(local))
            : $"{day.ToString("d", Language.Formats)} {Hour(local)}";
    }

    /// <summary>The day and the time to the second, for who wants to know exactly.</summary>
    internal static string Full(DateTimeOffset local) => local.ToString("F", Language.Formats);

    /// <summary>A day without its name: "22 November 2026".</summary>
    internal static string Day(DateTimeOffset local) =>
        local.ToString(Language.Formats.DateTimeFormat.LongDatePattern.Replace("dddd", "", StringComparison.Ordinal).Trim(' ', ',', '.'), Language.Formats);

    /// <summary>A day as the line between days names it.</summary>
    internal static string DayInWords(DateOnly day, DateOnly today)
    {
        if (day == today)
            return Strings.Today;
        return day == today.AddDays(-1) ? Strings.Yesterday : day.ToString("D", Language.Formats);
    }
}
