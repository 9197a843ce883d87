namespace Parley.Protocol.Text;

/// <summary>Says whether a sign behind a backslash could, by its neighbours, open or close something. Only there a backslash is one.</summary>
internal sealed class Escapes(TextSource source, EmphasisStack stack, AddressReader addresses, LinkTable links, NameReader names)
{
    private static readonly Func<int, bool> Never = _ => false;

    internal bool IsLive(int at, int lineStart, int end)
    {
        if (source.Flags[at].HasFlag(SignFlags.Live))
            return true;
        var sign = source.Text[at];
        switch (sign)
        {
            case '*' or '_' or '~':
                return IsLiveDelimiter(at, lineStart, end);
            case '|':
                return IsBesideItsLike(at, lineStart, end);
            case '[' or ']':
                links.At(at);
                return source.Flags[at].HasFlag(SignFlags.Live);
            case '<':
                return names.Time(at, end) is not null || AngleEnd(at, end) > 0;
            case ':':
                return names.Emoji(at, lineStart, end) > 0;
            case '@':
                return names.User(at, lineStart, end, Never) > 0;
            case '#':
                return names.Channel(at, lineStart, end) > 0;
            default:
                return false;
        }
    }

    /// <summary>Where <c>&lt;address&gt;</c> is closed; 0 where there is none.</summary>
    internal int AngleEnd(int at, int end)
    {
        if (at + 1 >= end || AddressReader.Scheme(source.Text.AsSpan(at + 1, end - at - 1)) == 0)
            return 0;
        var close = source.Brackets.StopAfter(at + 1);
        return close < end && source.Text[close] == '>' && addresses.IsWhole(at + 1, close) ? close : 0;
    }

    // Who escapes one of a pair escapes them all, each by itself. An escaped sign that could close something needs a partner that could have opened it.
    private bool IsLiveDelimiter(int at, int lineStart, int end)
    {
        var run = DelimiterRun.Read(source, at, lineStart, end);
        if ((run.CanOpen && HasPartner(run, end)) || (run.Sign == '~' && IsBesideItsLike(at, lineStart, end)))
        {
            stack.AddPhantom(run.Sign);
            return true;
        }

        return run.CanClose && (stack.HasPhantom(run.Sign) || stack.Closes(run, lastDouble: -1));
    }

    // Before a letter a sign opens; before another sign it needs one of its own later in the line: \_/ is no emphasis.
    private bool HasPartner(DelimiterRun run, int end)
    {
        if (run.End >= end || !source.Is(run.End, CharClass.Punctuation))
            return true;
        var line = source.Text.AsSpan(run.End, end - run.End);
        if (line.IndexOfAny(run.Sign, '\n') is not (>= 0 and var at))
            return false;
        source.Steps += at;
        return line[at] == run.Sign;
    }

    private bool IsBesideItsLike(int at, int lineStart, int end)
    {
        var before = source.BeforeBackslashes(at, lineStart) - 1;
        var after = at + 1;
        while (after < end && source.Text[after] == '\\')
            after++;
        source.Steps += after - at;
        return (after < end && source.Text[after] == source.Text[at]) || (before >= lineStart && source.Text[before] == source.Text[at]);
    }
}
