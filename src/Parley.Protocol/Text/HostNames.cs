using System.Globalization;
using System.Text;

namespace Parley.Protocol.Text;

/// <summary>Where links lead, so that nobody is led elsewhere than they think.</summary>
public static class HostNames
{
    private const string SchemeEnd = "://";
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>An address as it is shown: a host of mixed scripts, in which one letter may pass for another, in its <c>xn--</c> form.</summary>
    public static string Shown(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var host = Of(address);
        if (Ascii.IsValid(host) || !Scripts.AreMixed(host))
            return address;
        var start = address.IndexOf(SchemeEnd, StringComparison.Ordinal) + SchemeEnd.Length;
        return string.Concat(address.AsSpan(0, start), ToAscii(host), address.AsSpan(start + host.Length));
    }

    /// <summary>The true host of a link, where its words name another one: it is shown beside them. Null where they do not.</summary>
    /// <param name="words">As they are read: without marks.</param>
    /// <param name="address">Where the link leads.</param>
    public static string? Beside(string words, string address)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(address);
        var truth = Of(address);
        foreach (var word in Plainly(words).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (NamesAnother(word, ToAscii(truth)))
                return Scripts.AreMixed(truth) ? ToAscii(truth) : truth;
        }

        return null;
    }

    /// <summary>The host of an address that begins with a scheme, as it was typed.</summary>
    public static string Of(string address)
    {
        ArgumentNullException.ThrowIfNull(address);
        var start = address.IndexOf(SchemeEnd, StringComparison.Ordinal);
        var rest = start < 0 ? address.AsSpan() : address.AsSpan(start + SchemeEnd.Length);
        if (rest.IndexOfAny('/', '?', '#') is >= 0 and var path)
            rest = rest[..path];
        return (rest.StartsWith('[') ? rest[..(rest.IndexOf(']') + 1)] : rest.IndexOf(':') is >= 0 and var port ? rest[..port] : rest).ToString();
    }

    // "https://bank.example/login", "bank.example", "bob@bank.example": each host in a word, with a scheme or without.
    private static bool NamesAnother(ReadOnlySpan<char> word, string truth)
    {
        var scheme = word.IndexOf(SchemeEnd);
        var rest = scheme >= 0 ? word[(scheme + SchemeEnd.Length)..] : word;
        while (!rest.IsEmpty)
        {
            while (!rest.IsEmpty && !IsOfHost(rest[0]) && rest[0] != '[')
                rest = rest[1..];
            var length = rest.StartsWith('[') && scheme >= 0 ? rest.IndexOf(']') + 1 : 0;
            while (length < rest.Length && IsOfHost(rest[length]))
                length++;
            var host = rest[..length];
            if ((scheme >= 0 || IsLikeHost(host)) && !host.IsEmpty
                && !string.Equals(ToAscii(host.TrimEnd('.').ToString()), truth.TrimEnd('.'), StringComparison.OrdinalIgnoreCase))
                return true;
            if (length == rest.Length || rest[length] != '@')
                return false;
            rest = rest[(length + 1)..];
        }

        return false;
    }

    private static bool IsLikeHost(ReadOnlySpan<char> host)
    {
        host = host.Trim('.');
        if (host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
            return true;
        var dot = host.LastIndexOf('.');
        if (dot < 1)
            return false;
        var last = host[(dot + 1)..];
        if (last.ContainsAnyExceptInRange('0', '9'))
            return last.Length > 1 && (last.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) || IsLetters(last));
        return host.Count('.') == 3;
    }

    private static bool IsLetters(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsLetter(c) && !char.IsSurrogate(c)
                && char.GetUnicodeCategory(c) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark))
                return false;
        }

        return true;
    }

    private static bool IsOfHost(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '\uFFFD' || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // As one reads it: full-width letters are letters, every dot is a dot, and what cannot be seen is not there.
    private static string Plainly(string words)
    {
        var seen = new StringBuilder(words.Length);
        foreach (var rune in words.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format)
                seen.Append(rune); // Halves of pairs became U+FFFD, so that it can be normalized.
        }

        return seen.ToString().Normalize(NormalizationForm.FormKC).Replace('\u3002', '.');
    }

    private static string ToAscii(string host)
    {
        try
        {
            return Ascii.IsValid(host) ? host.ToLowerInvariant() : Idn.GetAscii(host.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            return Uri.EscapeDataString(host); // No name that can be looked up; the mapping says so in no other way.
        }
    }
}
