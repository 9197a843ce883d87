namespace Parley.Protocol.Text;

/// <summary>Which signs end an address, and which are not part of it at its end.</summary>
internal static class AddressSigns
{
    /// <summary>
    /// Whether no address goes over this sign: white space, what no address may hold, quotation marks, full-width signs, arrows, long dashes.
    /// </summary>
    internal static bool IsStop(TextSource source, int at)
    {
        var c = source.Text[at];
        if (c < 0x80)
            return c is <= ' ' or '<' or '>' or '"' or '`' or '\\' or '|' or '^' or '\x7F';
        return source.Is(at, CharClass.Space) || (IsSign(c) && !source.Is(at, CharClass.Word | CharClass.Spaceless));
    }

    /// <summary>Whether the sign at an address's end belongs to the sentence around it.</summary>
    internal static bool IsTrailing(TextSource source, int at)
    {
        var c = source.Text[at];
        return c < 0x80 ? c is '.' or ',' or ':' or ';' or '!' or '?' or '\'' : source.Is(at, CharClass.Punctuation);
    }

    private static bool IsSign(char c) => c is '\u00AB' or '\u00BB' or '\u2026' or '\u2039' or '\u203A' or '\uFEFF'
        or (>= '\u0080' and <= '\u009F') or (>= '\u200B' and <= '\u200F') or (>= '\u2014' and <= '\u201F') or (>= '\u202A' and <= '\u202E')
        or (>= '\u2060' and <= '\u2069') or (>= '\u2190' and <= '\u21FF') or (>= '\u27F0' and <= '\u27FF') or (>= '\u2900' and <= '\u297F')
        or (>= '\u3000' and <= '\u303F') or (>= '\uFE10' and <= '\uFE19') or (>= '\uFE30' and <= '\uFE6F') or (>= '\uFF00' and <= '\uFFEF');
}
