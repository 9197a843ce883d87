namespace Parley.Protocol.Rules;

/// <summary>What a server may be called: one line of at most 50 characters.</summary>
public static class ServerNameRule
{
    /// <summary>The longest name, in Unicode code points.</summary>
    public const int MaxLength = 50;

    /// <summary>Trimmed, without control characters and bidirectional overrides.</summary>
    public static string Normalize(string? name) => OneLine.Clean(name);

    /// <summary>What is wrong with a name; null where nothing is.</summary>
    public static string? Check(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length == 0)
            return "A server's name cannot be empty.";
        return TextLength.CodePoints(name) > MaxLength ? "A server's name must be at most 50 characters." : null;
    }
}
