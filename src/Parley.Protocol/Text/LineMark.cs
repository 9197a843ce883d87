namespace Parley.Protocol.Text;

/// <summary>What the mark at the head of a line makes of it.</summary>
internal enum LineKind
{
    /// <summary>No mark: text.</summary>
    Text,

    /// <summary><c>#</c> to <c>###</c>.</summary>
    Heading,

    /// <summary><c>-#</c>.</summary>
    Small,

    /// <summary><c>-</c>, <c>*</c>, <c>1.</c> or <c>1)</c>.</summary>
    Item,
}

/// <summary>The mark at the head of a line. A mark without words behind it is none.</summary>
/// <param name="Kind">What it makes of the line.</param>
/// <param name="Start">Where its sign stands.</param>
/// <param name="SignEnd">Behind its sign.</param>
/// <param name="WordsStart">Behind its spaces.</param>
internal readonly record struct LineMark(LineKind Kind, int Start, int SignEnd, int WordsStart)
{
    private const int MostDigits = 3;
    private const int MostLevels = 3;

    /// <summary>Reads the mark of a line that is no quote.</summary>
    internal static LineMark Read(TextSource source, int start, int end)
    {
        var at = source.SkipSpaces(start, end);
        if (at >= end)
            return default;
        var found = source.Text[at] switch
        {
            '#' => Heading(source, at, end),
            '-' when at + 1 < end && source.Text[at + 1] == '#' => With(source, LineKind.Small, at, at + 2, end),
            '-' or '*' => With(source, LineKind.Item, at, at + 1, end),
            >= '0' and <= '9' => Number(source, at, end, escape: 0),
            _ => default,
        };
        return found;
    }

    /// <summary>Where a backslash takes the mark away from a line that would have one: the sign behind it; negative where none does.</summary>
    internal static int EscapedSign(TextSource source, int start, int end, bool isQuote)
    {
        var at = source.SkipSpaces(start, end);
        if (at >= end)
            return -1;
        if (source.Text[at] == '\\')
            return at + 1 < end && (Read(source, at + 1, end) is { Kind: not LineKind.Text } mark && mark.Start == at + 1 || (!isQuote && QuoteWords(source, at + 1, end) > 0)) ? at + 1 : -1;
        return Number(source, at, end, escape: 1) is { Kind: not LineKind.Text } number ? number.SignEnd - 1 : -1;
    }

    /// <summary>Where the words of a quote start whose mark stands right here; 0 where none does.</summary>
    internal static int QuoteWords(TextSource source, int at, int end)
    {
        if (source.Text[at] != '>')
            return 0;
        var signs = source.RunLength(at, end);
        var behind = at + signs;
        return signs is 1 or 3 && behind < end && source.Text[behind] == ' ' && source.HasInk(behind, end) ? behind + 1 : 0;
    }

    private static LineMark Heading(TextSource source, int at, int end)
    {
        var level = source.RunLength(at, end);
        if (level > MostLevels)
            return default;
        var mark = With(source, LineKind.Heading, at, at + level, end);
        return mark.Kind != LineKind.Text && source.Text[mark.WordsStart] == '#' ? default : mark;
    }

    private static LineMark Number(TextSource source, int at, int end, int escape)
    {
        var digits = 0;
        while (digits <= MostDigits && at + digits < end && char.IsAsciiDigit(source.Text[at + digits]))
            digits++;
        var sign = at + digits + escape;
        if (digits is 0 or > MostDigits || sign >= end || source.Text[sign] is not ('.' or ')') || (escape > 0 && source.Text[sign - 1] != '\\'))
            return default;
        return With(source, LineKind.Item, at, sign + 1, end);
    }

    private static LineMark With(TextSource source, LineKind kind, int at, int signEnd, int end)
    {
        if (signEnd >= end || source.Text[signEnd] != ' ')
            return default;
        var words = source.SkipSpaces(signEnd, end);
        if (!source.HasInk(words, end) || (kind == LineKind.Small && source.Text.AsSpan(words).StartsWith("-# ")))
            return default;
        return new LineMark(kind, at, signEnd, words);
    }
}
