using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace Parley.Protocol.Wire;

/// <summary>
/// Escapes what RFC 8259 section 7 demands (the quote, the backslash, U+0000 to U+001F) and nothing else. The framework's relaxed encoder still turns an
/// emoji into twelve bytes of escapes; here it stays four, so that 50 of the longest messages fit a frame. The output is never put into HTML.
/// </summary>
internal sealed class MinimalJsonEncoder : JavaScriptEncoder
{
    private static readonly SearchValues<char> EscapedChars = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(i => (char)i), '"', '\\', .. Enumerable.Range(0xD800, 0x800).Select(i => (char)i)]);

    private static readonly SearchValues<byte> EscapedBytes = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    public static MinimalJsonEncoder Instance { get; } = new();

    public override int MaxOutputCharactersPerInputCharacter => 6; // \u001f

    public override bool WillEncode(int unicodeScalar) => unicodeScalar is < 0x20 or '"' or '\\';

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var rest = new ReadOnlySpan<char>(text, textLength);
        var offset = 0;
        while (true)
        {
            var found = rest.IndexOfAny(EscapedChars);
            if (found < 0)
                return -1;
            // A proper pair stays as it is; half of one must be dealt with (it becomes U+FFFD).
            if (!char.IsHighSurrogate(rest[found]) || found + 1 >= rest.Length || !char.IsLowSurrogate(rest[found + 1]))
                return offset + found;
            offset += found + 2;
            rest = rest[(found + 2)..];
        }
    }

    public override int FindFirstCharacterToEncodeUtf8(ReadOnlySpan<byte> utf8Text) => utf8Text.IndexOfAny(EscapedBytes);

    public override unsafe bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        Span<char> escape = stackalloc char[6];
        var length = Escape(unicodeScalar, escape);
        numberOfCharactersWritten = 0;
        if (!escape[..length].TryCopyTo(output))
            return false;
        numberOfCharactersWritten = length;
        return true;
    }

    private static int Escape(int scalar, Span<char> escape)
    {
        var letter = scalar switch { '"' => '"', '\\' => '\\', '\n' => 'n', '\r' => 'r', '\t' => 't', _ => '\0' };
        if (letter == '\0' && scalar >= 0x20)
            return new Rune(scalar).EncodeToUtf16(escape);
        escape[0] = '\\';
        if (letter != '\0')
        {
            escape[1] = letter;
            return 2;
        }

        escape[1] = 'u';
        escape[2] = '0';
        escape[3] = '0';
        escape[4] = "0123456789abcdef"[scalar >> 4];
        escape[5] = "0123456789abcdef"[scalar & 15];
        return 6;
    }
}
