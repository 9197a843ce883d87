using System.Globalization;
using System.Text;

namespace Parley.Protocol.Rules;

/// <summary>What one may react with: one emoji, as people see one, with its skin tone, joined signs or flag (Unicode UTS #51; the signs are not looked up in a list, so that new ones count).</summary>
public static class EmojiRule
{
    /// <summary>The longest emoji, in UTF-16 code units: a family of four with skin tones takes 23, a flag of a region 14.</summary>
    public const int MaxLength = 32;

    private const int Keycap = 0x20E3;

    /// <summary>What is wrong; null where nothing is.</summary>
    public static string? Check(string? emoji) => IsEmoji(emoji) ? null : "A reaction is one emoji.";

    private static bool IsEmoji(string? text)
    {
        if (text is not { Length: > 0 and <= MaxLength } || StringInfo.GetNextTextElementLength(text) != text.Length)
            return false;
        var hasSign = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
                return false; // Half a character.
            hasSign |= Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol || rune.Value == Keycap || rune.Value is 0x203C or 0x2049 or (>= 0x2194 and <= 0x21AA);
        }

        return hasSign;
    }
}
