namespace Parley.Protocol.Text;

/// <summary>A run of signs of emphasis, and what it could do by its neighbours.</summary>
/// <param name="Sign">The sign.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="Length">How many there are.</param>
/// <param name="CanOpen">Whether it could open something.</param>
/// <param name="CanClose">Whether it could close something.</param>
internal readonly record struct DelimiterRun(char Sign, int Start, int Length, bool CanOpen, bool CanClose)
{
    // More than three are a censored word, a line to fill in, or decoration.
    private const int Longest = 3;

    internal int End => Start + Length;

    /// <summary>Reads the run at a place of a line. Backslashes are looked through: they hide, and are no neighbours.</summary>
    internal static DelimiterRun Read(TextSource source, int at, int lineStart, int end)
    {
        var sign = source.Text[at];
        var length = source.RunLength(at, end);
        var (before, after) = (source.BeforeBackslashes(at, lineStart) - 1, at + length);
        while (after < end && source.Text[after] == '\\')
        {
            source.Steps++;
            after++;
        }

        var left = before >= lineStart ? source.Classes[before] : CharClass.Space;
        var right = after < end ? source.Classes[after] : CharClass.Space;
        var (isSpaceBefore, isSpaceAfter) = (left.HasFlag(CharClass.Space), right.HasFlag(CharClass.Space));
        if (length > Longest || (sign == '~' && length != 2) || (length == 1 && IsFace(source, at, lineStart, end)))
            return new DelimiterRun(sign, at, length, false, false);
        if (sign == '_')
        {
            var isOpener = !isSpaceAfter && OpensUnderscore(source, before, lineStart, after, left, right);
            return new DelimiterRun(sign, at, length, isOpener, !isSpaceBefore && ClosesUnderscore(source, before, after, end, right));
        }

        if (length == 2)
            return new DelimiterRun(sign, at, length, after < end && (isSpaceBefore || !isSpaceAfter), before >= lineStart);
        if (length != 1)
            return new DelimiterRun(sign, at, length, !isSpaceAfter, !isSpaceBefore);
        // 2*3*4 and 2*(3+4)*5 are sums, 5*, 6* are footnotes.
        const CharClass inWord = CharClass.Word | CharClass.Punctuation;
        var opens = !isSpaceAfter && !(left.HasFlag(CharClass.Word) && (right & inWord) != 0) && source.Text[after] is not (')' or ']' or '}');
        var closes = !isSpaceBefore && !(right.HasFlag(CharClass.Word) && (left & inWord) != 0) && source.Text[before] is not ('(' or '[' or '{');
        return new DelimiterRun(sign, at, length, opens, closes);
    }

    // One sign between two, and no letters around: *_*, (-_-), *.*
    private static bool IsFace(TextSource source, int at, int lineStart, int end)
    {
        var text = source.Text;
        var isMouth = at > lineStart && at + 1 < end && text[at - 1] == text[at + 1] && source.Is(at - 1, CharClass.Punctuation)
            && text[at - 1] is not ('|' or '\\' or '~');
        return isMouth || IsEyes(source, at, at + 2, lineStart, end) || IsEyes(source, at - 2, at, lineStart, end);
    }

    private static bool IsEyes(TextSource source, int one, int other, int lineStart, int end)
    {
        var text = source.Text;
        if (one < lineStart || other >= end || text[one] != text[other] || !source.Is(one + 1, CharClass.Punctuation) || text[one + 1] is '|' or '\\')
            return false;
        var isFree = (one == lineStart || !source.Is(one - 1, CharClass.Word)) && (other + 1 >= end || !source.Is(other + 1, CharClass.Word));
        return isFree && text[one + 1] != text[one];
    }

    // After a space, punctuation, a letter of a script without spaces, or the start alone. "file.__name__" and "src/__tests__" go on with a word,
    // and between two signs it is the mouth of a face: (-_-), >_<.
    private static bool OpensUnderscore(TextSource source, int before, int lineStart, int after, CharClass left, CharClass right)
    {
        if (left.HasFlag(CharClass.Word) || (left & (CharClass.Space | CharClass.Punctuation | CharClass.Spaceless)) == 0)
            return false;
        if (!left.HasFlag(CharClass.Punctuation))
            return true;
        var sign = source.Text[before];
        var word = before - 1;
        while (sign == '.' && word > lineStart && source.Text[word] == '_')
        {
            source.Steps++;
            word--; // a.__b__.__c__
        }

        if (sign is '.' or '/' && word >= lineStart && source.Is(word, CharClass.Word))
            return false;
        if (!right.HasFlag(CharClass.Punctuation))
            return true;
        return sign is '*' or '_' or '~' or '|' or '"' or '\'' or '(' or '[' or '{' && source.Text[after] is not (')' or ']' or '}');
    }

    // Not where the word goes on: __init__.py, __tests__/one, __init__(self).
    private static bool ClosesUnderscore(TextSource source, int before, int after, int end, CharClass right)
    {
        if (right.HasFlag(CharClass.Word))
            return false;
        if (after >= end)
            return true;
        return source.Text[after] switch
        {
            '.' or '/' => after + 1 >= end || !source.Is(after + 1, CharClass.Word),
            '(' => !source.Is(before, CharClass.Word),
            _ => true,
        };
    }
}
