namespace Parley.Protocol.Rules;

/// <summary>Channel descriptions: one line of at most 200 characters; may be empty.</summary>
public static class DescriptionRule
{
    /// <summary>The most characters (code points).</summary>
    public const int MaxLength = 200;

    /// <summary>The description as it is kept: trimmed, without control characters and bidirectional overrides.</summary>
    public static string Normalize(string? description) => OneLine.Clean(description);

    /// <summary>What is wrong with a normalized description, in words for the person; null where nothing is.</summary>
    public static string? Check(string description) =>
        TextLength.CodePoints(description) > MaxLength ? "Channel description must be at most 200 characters." : null;
}
