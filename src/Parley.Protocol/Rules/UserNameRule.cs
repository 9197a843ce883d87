namespace Parley.Protocol.Rules;

/// <summary>User names: trimmed, 3 to 20 of <c>A-Z a-z 0-9 _</c>; unique whatever their case.</summary>
public static class UserNameRule
{
    /// <summary>The shortest name.</summary>
    public const int MinLength = 3;

    /// <summary>The longest name.</summary>
    public const int MaxLength = 20;

    /// <summary>The name as it is kept.</summary>
    public static string Normalize(string? name) => (name ?? "").Trim();

    /// <summary>What is wrong with a normalized name, in words for the person; null where nothing is.</summary>
    public static string? Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
            return "Username cannot be empty.";
        var length = TextLength.CodePoints(name);
        if (length < MinLength)
            return "Username must be at least 3 characters.";
        if (length > MaxLength)
            return "Username must be at most 20 characters.";
        return name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') ? null : "Username can only contain letters, numbers, and underscores.";
    }
}
