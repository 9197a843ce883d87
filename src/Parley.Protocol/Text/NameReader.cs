using System.Globalization;
using Parley.Protocol.Rules;

namespace Parley.Protocol.Text;

/// <summary>
/// Reads <c>@name</c>, <c>#name</c>, <c>:name:</c> and <c>&lt;t:...&gt;</c>. A name stands between signs that are no letters or digits, where letters of
/// scripts without spaces between words do not count.
/// </summary>
internal sealed class NameReader(TextSource source)
{
    private const int LongestEmoji = 80;
    private const int LongestTime = 30;
    private const char DefaultStyle = 'f';

    /// <summary>Behind the user name at an <c>@</c>; 0 where it means nobody.</summary>
    /// <param name="at">Where the sign stands.</param>
    /// <param name="lineStart">Where its line starts.</param>
    /// <param name="end">Where the words end.</param>
    /// <param name="closes">Whether a run of signs at a place closes what is open around the name.</param>
    internal int User(int at, int lineStart, int end, Func<int, bool> closes)
    {
        if (!IsFreeBefore(at, lineStart) || (at > lineStart && source.Text[at - 1] == '@'))
            return 0;
        var stop = at + 1;
        while (stop < end && stop - at <= UserNameRule.MaxLength + 1 && (char.IsAsciiLetterOrDigit(source.Text[stop]) || source.Text[stop] == '_'))
            stop++;
        source.Steps += stop - at;
        var words = stop;
        while (words > at + 1 && source.Text[words - 1] == '_')
            words--;
        if (words < stop && closes(words))
            stop = words;
        if (stop - at - 1 is < UserNameRule.MinLength or > UserNameRule.MaxLength || !IsFreeAfter(stop, end) || (stop < end && source.Text[stop] == '@'))
            return 0;
        return stop;
    }

    /// <summary>Behind the channel's name at a <c>#</c>; 0 where there is none.</summary>
    internal int Channel(int at, int lineStart, int end)
    {
        if (!IsFreeBefore(at, lineStart) || (at > lineStart && source.Text[at - 1] is '#' or '&'))
            return 0;
        var stop = at + 1;
        while (stop < end && stop - at <= ChannelNameRule.MaxLength + 1 && (char.IsAsciiLetterOrDigit(source.Text[stop]) || source.Text[stop] == '-'))
            stop++;
        source.Steps += stop - at;
        if (stop - at - 1 is < ChannelNameRule.MinLength or > ChannelNameRule.MaxLength || !IsFreeAfter(stop, end))
            return 0;
        return stop < end && source.Text[stop] == '_' && stop + 1 < end && source.Is(stop + 1, CharClass.Word) ? 0 : stop;
    }

    /// <summary>Behind the emoji's name at a colon; 0 where there is none.</summary>
    internal int Emoji(int at, int lineStart, int end)
    {
        if (!IsFreeBefore(at, lineStart))
            return 0;
        var stop = at + 1;
        while (stop < end && stop - at <= LongestEmoji && (char.IsAsciiLetterOrDigit(source.Text[stop]) || source.Text[stop] is '_' or '-' or '+'))
            stop++;
        source.Steps += stop - at;
        if (stop == at + 1 || stop >= end || source.Text[stop] != ':' || source.Text[at + 1] == '_' || source.Text[stop - 1] == '_')
            return 0;
        return IsFreeAfter(stop + 1, end) ? stop + 1 : 0;
    }

    /// <summary>The point in time at a <c>&lt;</c>; null where there is none that a calendar has.</summary>
    internal TimeLeaf? Time(int at, int end)
    {
        var text = source.Text.AsSpan(at, Math.Min(LongestTime, end - at));
        if (!text.StartsWith("<t:") || text.IndexOf('>') is not (> 0 and var close))
            return null;
        var inside = text[3..close];
        var style = DefaultStyle;
        if (inside is [.., ':', 't' or 'T' or 'd' or 'D' or 'f' or 'F' or 'R'])
        {
            style = inside[^1];
            inside = inside[..^2];
        }

        if (!long.TryParse(inside, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds) || inside[0] == '+'
            || seconds < DateTimeOffset.MinValue.ToUnixTimeSeconds() || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return null;
        return new TimeLeaf(at, at + close + 1, DateTimeOffset.FromUnixTimeSeconds(seconds), style);
    }

    private bool IsFreeBefore(int at, int lineStart)
    {
        var i = source.BeforeBackslashes(at, lineStart) - 1;
        while (i >= lineStart && source.Text[i] == '_')
        {
            source.Steps++;
            i--; // "snake_@bob" is one word, "_@bob_" is emphasis.
        }

        return i < lineStart || !source.Is(i, CharClass.Word);
    }

    private bool IsFreeAfter(int at, int end) => at >= end || !source.Is(at, CharClass.Word);
}
