namespace Parley.Protocol.Text;

/// <summary>
/// The second pass: what is hidden. Pairs of <c>||</c> outside of code first, over whatever lies between; one inside code closes a spoiler only where nothing
/// else does, and then at the code's end: in doubt it is hidden. A pair with nothing to hide is none.
/// </summary>
internal static class SpoilerPass
{
    /// <summary>The length of a mark.</summary>
    internal const int Width = 2;

    internal static void Run(TextSource source)
    {
        var (open, inCode, code) = (-1, -1, 0);
        for (var i = source.Text.IndexOf('|', StringComparison.Ordinal); i >= 0 && i + 1 < source.Length;)
        {
            source.Steps++;
            if (source.Text[i] != '|' || source.Text[i + 1] != '|')
            {
                i++;
                continue;
            }

            while (code < source.Code.Count && source.Code[code].End <= i)
                code++;
            if (code < source.Code.Count && source.Code[code].Start <= i)
            {
                if (open >= 0 && inCode < 0 && i + Width <= source.Code[code].InnerEnd && source.HasInk(open + Width, i))
                    inCode = source.Code[code].End;
                i += Width;
                continue;
            }

            if (source.IsEscaped(i, 0))
            {
                i++;
                continue;
            }

            if (open >= 0 && source.HasInk(open + Width, i))
            {
                Hide(source, open, i);
                open = -1;
            }
            else
            {
                open = i;
            }

            inCode = -1;
            i += Width;
        }

        if (open < 0 || inCode < 0)
            return;
        source.Flags[open] |= SignFlags.SpoilerMark;
        source.Spoilers.Add(new Spoiler(open + Width, inCode));
    }

    private static void Hide(TextSource source, int open, int close)
    {
        source.Flags[open] |= SignFlags.SpoilerMark;
        source.Flags[close] |= SignFlags.SpoilerMark;
        source.Spoilers.Add(new Spoiler(open + Width, close));
    }
}
