namespace Parley.Protocol.Text;

/// <summary>What a first look at a sign found out for a later one.</summary>
[Flags]
internal enum SignFlags : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The sign could have opened or closed something here, so a backslash before it is one.</summary>
    Live = 1,

    /// <summary>A <c>||</c> that opens or closes a spoiler starts here.</summary>
    SpoilerMark = 2,
}

/// <summary>A piece of code that was found: <c>`code`</c> or a fence.</summary>
/// <param name="Start">Where its opening back quotes start.</param>
/// <param name="InnerStart">Where its code starts.</param>
/// <param name="InnerEnd">Behind its code.</param>
/// <param name="End">Behind its closing back quotes.</param>
/// <param name="IsBlock">Whether it is a fence.</param>
/// <param name="Language">The language of a fence, where one was named.</param>
internal readonly record struct CodeRange(int Start, int InnerStart, int InnerEnd, int End, bool IsBlock, string? Language);

/// <summary>A text while it is read: what the passes have found out, each for those after it.</summary>
internal sealed class TextSource
{
    private readonly int[] _solid; // How many signs before a place are words and not marks.

    internal TextSource(string text)
    {
        Text = text;
        Classes = CharClasses.Of(text);
        Flags = new SignFlags[text.Length + 1];
        _solid = new int[text.Length + 1];
        for (var i = 0; i < text.Length; i++)
            _solid[i + 1] = _solid[i] + (Is(i, CharClass.Ink) && text[i] is not ('*' or '_' or '~' or '|') ? 1 : 0);
        Brackets = new Brackets(this);
        Steps = text.Length;
    }

    internal string Text { get; }

    internal int Length => Text.Length;

    internal CharClass[] Classes { get; }

    internal SignFlags[] Flags { get; }

    /// <summary>The code in it, in order; there once the block pass is through.</summary>
    internal List<CodeRange> Code { get; } = [];

    /// <summary>What is hidden, in order; there once the spoiler pass is through.</summary>
    internal List<Spoiler> Spoilers { get; } = [];

    internal Brackets Brackets { get; }

    /// <summary>How often a loop went round, which a test holds against the length.</summary>
    internal long Steps { get; set; }

    internal bool Is(int at, CharClass wanted) => (Classes[at] & wanted) != 0;

    /// <summary>Whether something between two places can be seen.</summary>
    internal bool HasInk(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            Steps++;
            if (Is(i, CharClass.Ink))
                return true;
        }

        return false;
    }

    /// <summary>Whether something between two places can be seen that is no sign of emphasis or of a spoiler.</summary>
    internal bool HasWords(int from, int to) => to > from && _solid[to] > _solid[from];

    /// <summary>The length of the run of one sign.</summary>
    internal int RunLength(int at, int end)
    {
        var i = at + 1;
        while (i < end && Text[i] == Text[at])
            i++;
        Steps += i - at;
        return i - at;
    }

    internal int SkipSpaces(int from, int end)
    {
        var i = from;
        while (i < end && Text[i] == ' ')
            i++;
        Steps += i - from;
        return i;
    }

    /// <summary>Whether an odd number of backslashes stands right before a place, none of them before <paramref name="from"/>.</summary>
    internal bool IsEscaped(int at, int from) => (at - BeforeBackslashes(at, from)) % 2 == 1;

    /// <summary>Where the backslashes before a place start; the place where there are none.</summary>
    internal int BeforeBackslashes(int at, int from)
    {
        var i = at;
        while (i > from && Text[i - 1] == '\\')
            i--;
        Steps += at - i;
        return i;
    }

    internal string Slice(int start, int end) => Text[start..end];
}
