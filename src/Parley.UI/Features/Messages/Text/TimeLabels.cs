using System.Globalization;
using Parley.Protocol.Text;
using Parley.UI.Resources;

namespace Parley.UI.Features.Messages.Text;

/// <summary>A point in time in a message, <c>&lt;t:UNIX:STYLE&gt;</c>, as the reader's clock and habits have it.</summary>
internal static class TimeLabels
{
    private const int DaysOfMonth = 30;
    private const int DaysOfYear = 365;

    // From these on the next unit is the better one, as moment.js and with it Discord have it.
    private const int MostSeconds = 45;
    private const int MostMinutes = 45;
    private const int MostHours = 22;
    private const int MostDays = 26;
    private const int MostMonths = 11;

    /// <summary>The words for a point in time.</summary>
    /// <param name="leaf">The point, and how it is to be written.</param>
    /// <param name="time">The reader's clock and zone.</param>
    internal static string Of(TimeLeaf leaf, TimeProvider time)
    {
        var local = Local(leaf.At, time.LocalTimeZone);
        return leaf.Style switch
        {
            't' => local.ToString("t", Language.Formats),
            'T' => local.ToString("T", Language.Formats),
            'd' => local.ToString("d", Language.Formats),
            'D' => MessageTime.Day(local),
            'F' => $"{local.ToString("dddd", Language.Formats)}, {MessageTime.Day(local)} {local.ToString("t", Language.Formats)}",
            'R' => Relative(leaf.At - time.GetUtcNow()),
            _ => $"{MessageTime.Day(local)} {local.ToString("t", Language.Formats)}",
        };
    }

    /// <summary>All of it, for who wants to know exactly.</summary>
    internal static string Full(TimeLeaf leaf, TimeProvider time) => MessageTime.Full(Local(leaf.At, time.LocalTimeZone));

    /// <summary>When the words of a relative time may be others: a second, a minute or an hour from now.</summary>
    internal static TimeSpan ChangesIn(TimeLeaf leaf, TimeProvider time) => (leaf.At - time.GetUtcNow()).Duration() switch
    {
        { TotalMinutes: < 1 } => TimeSpan.FromSeconds(1),
        { TotalHours: < 1 } => TimeSpan.FromSeconds(15),
        { TotalDays: < 1 } => TimeSpan.FromMinutes(10),
        _ => TimeSpan.FromHours(1),
    };

    private static string Relative(TimeSpan ahead)
    {
        var (count, unit) = Unit(ahead.Duration());
        return Phrase.Format(ahead > TimeSpan.Zero ? Strings.TimeAhead : Strings.TimeAgo, Phrase.Count(unit, count));
    }

    private static (int Count, string Unit) Unit(TimeSpan span)
    {
        var days = Round(span.TotalDays);
        if (Round(span.TotalSeconds) < MostSeconds)
            return (Round(span.TotalSeconds), Strings.UnitSecond);
        if (Round(span.TotalMinutes) < MostMinutes)
            return (Math.Max(1, Round(span.TotalMinutes)), Strings.UnitMinute);
        if (Round(span.TotalHours) < MostHours)
            return (Math.Max(1, Round(span.TotalHours)), Strings.UnitHour);
        if (days < MostDays)
            return (Math.Max(1, days), Strings.UnitDay);
        var months = Math.Max(1, Round(span.TotalDays / DaysOfMonth));
        return months < MostMonths ? (months, Strings.UnitMonth) : (Math.Max(1, Round(span.TotalDays / DaysOfYear)), Strings.UnitYear);
    }

    private static int Round(double value) => value >= int.MaxValue ? int.MaxValue : (int)Math.Round(value, MidpointRounding.AwayFromZero);

    // At both ends of the calendar a zone would lead out of it.
    private static DateTimeOffset Local(DateTimeOffset at, TimeZoneInfo zone)
    {
        var offset = zone.GetUtcOffset(at);
        var ticks = at.UtcTicks + offset.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? at : at.ToOffset(offset);
    }

    /// <summary>A point in time for programs.</summary>
    internal static string Machine(TimeLeaf leaf) => leaf.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
