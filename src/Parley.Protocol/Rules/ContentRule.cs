namespace Parley.Protocol.Rules;

/// <summary>
/// What is said: not blank and at most 2,000 characters as sent, not trimmed. Then control characters (U+0000 to U+001F but newline and tab) are
/// removed, and what is blank after that is blank.
/// </summary>
public static class ContentRule
{
    /// <summary>The most characters (code points: 1,500 emoji are 1,500).</summary>
    public const int MaxLength = 2_000;

    private const string Empty = "Message cannot be empty.";

    /// <summary>Checks and cleans <paramref name="content"/>.</summary>
    /// <param name="content">As sent.</param>
    /// <param name="cleaned">As it is kept, where the answer is null.</param>
    /// <returns>What is wrong, in words for the person; null where nothing is.</returns>
    public static string? Check(string? content, out string cleaned)
    {
        cleaned = content ?? "";
        if (string.IsNullOrWhiteSpace(cleaned))
            return Empty;
        if (TextLength.CodePoints(cleaned) > MaxLength)
            return "Message must be at most 2000 characters.";
        if (!cleaned.AsSpan().ContainsAnyInRange('\0', '\u001F'))
            return null;
        cleaned = string.Concat(cleaned.Where(c => c >= ' ' || c is '\n' or '\t'));
        return string.IsNullOrWhiteSpace(cleaned) ? Empty : null;
    }
}
