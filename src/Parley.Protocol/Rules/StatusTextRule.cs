namespace Parley.Protocol.Rules;

/// <summary>The line that people put under their names: at most 100 characters; may be empty.</summary>
public static class StatusTextRule
{
    /// <summary>The most characters (code points).</summary>
    public const int MaxLength = 100;

    /// <summary>The text as it is kept: trimmed, without control characters and bidirectional overrides.</summary>
    public static string Normalize(string? text) => OneLine.Clean(text);

    /// <summary>What is wrong with a normalized text, in words for the person; null where nothing is.</summary>
    public static string? Check(string text) => TextLength.CodePoints(text) > MaxLength ? "Status text must be at most 100 characters." : null;
}
