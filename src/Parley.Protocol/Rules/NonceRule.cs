namespace Parley.Protocol.Rules;

/// <summary>Nonces: 1 to 64 printable ASCII characters, unique for ever among one author's messages. A UUID of version 7 is a good one.</summary>
public static class NonceRule
{
    /// <summary>The longest nonce.</summary>
    public const int MaxLength = 64;

    /// <summary>What is wrong with a nonce; null where nothing is, and for a missing one.</summary>
    public static string? Check(string? nonce) =>
        nonce is null || (nonce.Length is > 0 and <= MaxLength && nonce.All(c => c is > ' ' and <= '~'))
            ? null
            : "A nonce is 1 to 64 printable ASCII characters.";
}
