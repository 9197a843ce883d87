namespace Parley.Protocol.Rules;

/// <summary>
/// Whom a message means: <c>@name</c> with a user name, whatever its case. A name reaches as far as its letters do (<c>@bobby</c> is not bob); what stands
/// behind a letter or digit (an e-mail address), in a web address, behind a backslash, in a code span or in fenced code means nobody. Whether somebody has
/// that name is not asked here.
/// </summary>
public static class MentionRule
{
    /// <summary>The mark in front of a name.</summary>
    public const char Mark = '@';

    /// <summary>The most different names of one message that are looked at, the first ones.</summary>
    public const int MaxNames = 20;

    private const char CodeMark = '`';
    private const char Escape = '\\';
    private const int FenceLength = 3;

    /// <summary>The different names that a message mentions, in the order in which they stand; empty, and nothing allocated, where there is no <c>@</c>.</summary>
    public static IReadOnlyList<string> Names(string content)
    {
        ArgumentNullException.ThrowIfNull(content);
        if (!content.Contains(Mark))
            return [];
        return Find(content);
    }

    /// <summary>The name that the <c>@</c> at a place in the text mentions; empty where it mentions none. It does not ask whether the place is in code.</summary>
    public static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> text, int at)
    {
        if (text[at] != Mark || (at > 0 && (IsWord(text[at - 1]) || text[at - 1] is Mark or Escape)))
            return [];
        var length = 0;
        while (at + 1 + length < text.Length && IsOfName(text[at + 1 + length]))
            length++;
        if (length is < UserNameRule.MinLength or > UserNameRule.MaxLength)
            return [];
        var end = at + 1 + length;
        if (end < text.Length && (IsWord(text[end]) || text[end] == Mark)) // @jané, @somebody@another.place
            return [];
        return IsInAddress(text[..at]) ? [] : text.Slice(at + 1, length);
    }

    private static List<string> Find(ReadOnlySpan<char> text)
    {
        List<string> names = [];
        for (var i = 0; i < text.Length && names.Count < MaxNames;)
        {
            var next = IsLineStart(text, i) ? AfterFence(text, i) : i;
            if (next == i)
                next = Step(text, i, names);
            i = next;
        }

        return names;
    }

    private static int Step(ReadOnlySpan<char> text, int i, List<string> names)
    {
        switch (text[i])
        {
            case Escape:
                return i + 2;
            case CodeMark:
                return AfterCodeSpan(text, i);
            case Mark when NameAt(text, i) is { IsEmpty: false } found:
                var name = found.ToString();
                if (!names.Contains(name, StringComparer.OrdinalIgnoreCase))
                    names.Add(name);
                return i + 1 + name.Length;
            default:
                return i + 1;
        }
    }

    // As Markdown has it: backticks, closed by just as many; else they are what they are. A blank line ends the paragraph and with it the hope.
    private static int AfterCodeSpan(ReadOnlySpan<char> text, int start)
    {
        var opening = Run(text, start, CodeMark);
        for (var i = start + opening; i < text.Length;)
        {
            if (text[i] == '\n' && Line(text, i + 1).IsWhiteSpace())
                break;
            var run = Run(text, i, CodeMark);
            i += Math.Max(1, run);
            if (run == opening)
                return i;
        }

        return start + opening;
    }

    // Where the fenced code that begins with this line ends; the line's start where none begins. What is never closed goes on to the end.
    private static int AfterFence(ReadOnlySpan<char> text, int start)
    {
        var line = Line(text, start);
        if (FenceOf(line) is not { Length: > 0 } fence || (fence[0] == CodeMark && line[^line.TrimStart(' ').Length..][fence.Length..].Contains(CodeMark)))
            return start;
        for (var i = start + line.Length + 1; i < text.Length;)
        {
            var inside = Line(text, i);
            i += inside.Length + 1;
            var closing = FenceOf(inside);
            if (closing.Length >= fence.Length && closing[0] == fence[0] && inside.Trim().Length == closing.Length)
                return i;
        }

        return text.Length;
    }

    private static ReadOnlySpan<char> FenceOf(ReadOnlySpan<char> line)
    {
        var trimmed = line.TrimStart(' ');
        if (line.Length - trimmed.Length > 3 || trimmed.IsEmpty || trimmed[0] is not (CodeMark or '~'))
            return [];
        var length = Run(trimmed, 0, trimmed[0]);
        return length < FenceLength ? [] : trimmed[..length];
    }

    private static bool IsInAddress(ReadOnlySpan<char> before) =>
        before[(before.LastIndexOfAny(" \t\n") + 1)..] is var word && (word.Contains("://", StringComparison.Ordinal) || word.Contains("www.", StringComparison.OrdinalIgnoreCase));

    private static bool IsLineStart(ReadOnlySpan<char> text, int i) => i == 0 || text[i - 1] == '\n';

    private static ReadOnlySpan<char> Line(ReadOnlySpan<char> text, int start) =>
        text[start..].IndexOf('\n') is >= 0 and var length ? text.Slice(start, length) : text[start..];

    private static int Run(ReadOnlySpan<char> text, int start, char of) =>
        text[start..].IndexOfAnyExcept(of) is >= 0 and var length ? length : text.Length - start;

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
