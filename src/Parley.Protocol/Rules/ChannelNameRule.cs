namespace Parley.Protocol.Rules;

/// <summary>Channel names: trimmed and lower-cased before use, 2 to 30 of <c>a-z 0-9 -</c>.</summary>
public static class ChannelNameRule
{
    /// <summary>The shortest name.</summary>
    public const int MinLength = 2;

    /// <summary>The longest name.</summary>
    public const int MaxLength = 30;

    /// <summary>The channel that always is, and that a level-1 login joins.</summary>
    public const string General = "general";

    /// <summary>The name as it is used and kept.</summary>
    public static string Normalize(string? name) => (name ?? "").Trim().ToLowerInvariant();

    /// <summary>What is wrong with a normalized name, in words for the person; null where nothing is.</summary>
    public static string? Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
            return "Channel name cannot be empty.";
        var length = TextLength.CodePoints(name);
        if (length < MinLength)
            return "Channel name must be at least 2 characters.";
        if (length > MaxLength)
            return "Channel name must be at most 30 characters.";
        return name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            ? null
            : "Channel name can only contain lowercase letters, numbers, and hyphens.";
    }
}
