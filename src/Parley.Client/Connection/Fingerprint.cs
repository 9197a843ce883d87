namespace Parley.Client.Connection;

/// <summary>The SHA-256 fingerprint of a server's certificate: what a person compares, and what is pinned.</summary>
public sealed record Fingerprint
{
    private const int ByteCount = 32;

    private Fingerprint(string hex) => Hex = hex;

    /// <summary>64 upper-case hexadecimal digits.</summary>
    public string Hex { get; }

    /// <summary>
    /// Reads what a person may type or paste: 64 hexadecimal digits of any case, with or without colons and spaces, with or without <c>SHA256:</c> or "SHA-256"
    /// before them.
    /// </summary>
    /// <returns>The fingerprint, or null where the text is none.</returns>
    public static Fingerprint? Parse(string? text)
    {
        var rest = (text ?? "").Trim();
        foreach (var prefix in (ReadOnlySpan<string>)["SHA-256", "SHA256"])
        {
            if (rest.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                rest = rest[prefix.Length..];
        }

        var digits = string.Concat(rest.Where(c => c is not (':' or ' '))).ToUpperInvariant();
        return digits.Length == 2 * ByteCount && digits.All(char.IsAsciiHexDigit) ? new Fingerprint(digits) : null;
    }

    /// <summary>As it is shown: pairs of digits with colons between them.</summary>
    public override string ToString() => string.Join(':', Hex.Chunk(2).Select(pair => new string(pair)));
}
