namespace Parley.Protocol.Rules;

/// <summary>
/// A code that lets somebody register: 12 digits and capitals without I, L, O and U (Crockford's base 32, 60 bits), shown as <c>XXXX-XXXX-XXXX</c>.
/// </summary>
public static class InviteCodeRule
{
    /// <summary>The 32 characters.</summary>
    public const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>How many characters a code has.</summary>
    public const int Length = 12;

    // Longer than anybody writes one, however many hyphens.
    private const int MostTyped = 64;

    /// <summary>A code as it was typed or pasted, in its one form; null where it can be none.</summary>
    public static string? Normalize(string? typed)
    {
        if (typed is null or { Length: > MostTyped })
            return null;
        var code = string.Concat(typed.Where(c => c is not '-' && !char.IsWhiteSpace(c)).Select(Meant));
        return code.Length == Length && code.All(Alphabet.Contains) ? code : null;
    }

    /// <summary>A code as it is shown.</summary>
    public static string Show(string code) => string.Join('-', code.Chunk(4).Select(part => new string(part)));

    // What is easily mistaken for another one is taken for that.
    private static char Meant(char typed) => char.ToUpperInvariant(typed) switch
    {
        'O' => '0',
        'I' or 'L' => '1',
        var other => other,
    };
}
