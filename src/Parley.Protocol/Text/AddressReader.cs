using System.Globalization;

namespace Parley.Protocol.Text;

/// <summary>What begins like an address.</summary>
internal enum AddressKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>A link.</summary>
    Link,

    /// <summary>One word in which nothing else is: user info, another scheme, <c>www.</c>.</summary>
    Word,
}

/// <summary>Finds where an address ends.</summary>
internal sealed class AddressReader(TextSource source)
{
    private const int LongestHost = 255;
    private const int LongestPort = 5;

    /// <summary>The length of <c>http://</c> or <c>https://</c>, in any case, at a place; 0 where none stands there.</summary>
    internal static int Scheme(ReadOnlySpan<char> text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) ? 7 : text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? 8 : 0;

    /// <summary>Reads the address that stands in a text without marks around it.</summary>
    /// <param name="at">Where its scheme starts.</param>
    /// <param name="hostStart">Behind <c>://</c>.</param>
    /// <param name="end">Where the words end.</param>
    /// <param name="closes">Whether a run of signs at a place closes what is open around the address.</param>
    internal (AddressKind Kind, int End) Bare(int at, int hostStart, int end, Func<int, bool> closes)
    {
        // The path only where the host goes up to it: a text of hosts would else be read to its end for each.
        var authority = hostStart;
        while (authority < end && source.Text[authority] is not ('/' or '?' or '#') && !AddressSigns.IsStop(source, authority))
            authority++;
        source.Steps += authority - hostStart;
        var stop = Extent(at, hostStart, authority, closes);
        var (kind, hostEnd) = Host(hostStart, stop);
        if (kind == AddressKind.None)
            return (kind, at);
        if (kind == AddressKind.Link && (hostEnd < authority || authority == end || source.Text[authority] is not ('/' or '?' or '#')))
            return (kind, Trim(hostStart, hostEnd));
        return (kind, Trim(hostStart, stop < authority ? stop : Extent(at, authority, end, closes)));
    }

    /// <summary>Where a word ends that is like an address, but leads nowhere.</summary>
    internal int Word(int at, int wordStart, int end, Func<int, bool> closes) => Trim(wordStart, Extent(at, wordStart, end, closes));

    /// <summary>Whether all that stands between two places is an address that may be a link.</summary>
    internal bool IsWhole(int at, int end)
    {
        var scheme = Scheme(source.Text.AsSpan(at, end - at));
        if (scheme == 0 || source.Brackets.StopAfter(at) < end)
            return false;
        var (kind, hostEnd) = Host(at + scheme, end);
        return kind == AddressKind.Link && (hostEnd == end || source.Text[hostEnd] is '/' or '?' or '#');
    }

    private int Extent(int at, int from, int end, Func<int, bool> closes)
    {
        for (var i = from; i < end; i++)
        {
            source.Steps++;
            switch (source.Text[i])
            {
                case '(' or '[' or '{' when source.Brackets.PartnerOf(i) < 0 || source.Brackets.PartnerOf(i) >= end:
                case ')' or ']' or '}' when source.Brackets.PartnerOf(i) < at:
                    return i;
                case '*' or '_' or '~':
                    if (closes(i))
                        return i;
                    i += source.RunLength(i, end) - 1;
                    break;
                case ',' or ';' when Scheme(source.Text.AsSpan(i + 1, end - i - 1)) > 0:
                    return i;
                default:
                    if (AddressSigns.IsStop(source, i))
                        return i;
                    break;
            }
        }

        return end;
    }

    private int Trim(int from, int stop)
    {
        while (stop > from && AddressSigns.IsTrailing(source, stop - 1))
        {
            source.Steps++;
            stop--;
        }

        return stop;
    }

    // User info, host and port; where they end.
    private (AddressKind Kind, int End) Host(int start, int stop)
    {
        var text = source.Text.AsSpan(start, stop - start);
        var authority = text.IndexOfAny('/', '?', '#') is >= 0 and var length ? text[..length] : text;
        source.Steps += authority.Length;
        if (authority.Contains('@'))
            return (AddressKind.Word, stop);
        var host = authority.StartsWith('[') ? Numbers(authority) : Name(start, authority.Length);
        if (host == 0)
            return (AddressKind.None, stop);
        if (host > LongestHost)
            return (AddressKind.Word, stop);
        var rest = authority[host..];
        if (rest is not [':', >= '0' and <= '9', ..])
            return (AddressKind.Link, start + host);
        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9') is >= 0 and var other ? other : rest.Length - 1;
        return digits <= LongestPort && ushort.TryParse(rest.Slice(1, digits), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? (AddressKind.Link, start + host + 1 + digits)
            : (AddressKind.Word, stop);
    }

    // [2001:db8::1]
    private static int Numbers(ReadOnlySpan<char> authority)
    {
        var close = authority.IndexOf(']');
        return close > 1 && close < LongestHost && Uri.CheckHostName(authority[1..close].ToString()) == UriHostNameType.IPv6 ? close + 1 : 0;
    }

    // Letters and digits of any script, hyphens, underscores, and dots between them.
    private int Name(int start, int length)
    {
        var (end, hasLetter) = (0, false);
        for (var i = 0; i < length; i++)
        {
            source.Steps++;
            var c = source.Text[start + i];
            if (source.Is(start + i, CharClass.Word | CharClass.Spaceless))
                hasLetter = true;
            else if (c is not ('-' or '_' or '.') || (c == '.' && (end == 0 || end != i)))
                break;
            if (c != '.')
                end = i + 1;
        }

        return hasLetter ? end : 0;
    }
}
