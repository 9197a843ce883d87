namespace Parley.Protocol.Rules;

/// <summary>Text of people that stands in one line beside the text of others.</summary>
internal static class OneLine
{
    /// <summary>Trimmed, without control characters and bidirectional overrides.</summary>
    internal static string Clean(string? text) => string.Concat((text ?? "").Where(c => !IsUnwanted(c))).Trim();

    // What would let a text paint over its neighbours: the bidirectional overrides and isolates (Unicode TR 36, section 2.3).
    private static bool IsUnwanted(char c) => char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
