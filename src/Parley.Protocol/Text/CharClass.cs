using System.Globalization;
using System.Text;

namespace Parley.Protocol.Text;

/// <summary>What a sign is for the rules of text.</summary>
[Flags]
internal enum CharClass : byte
{
    /// <summary>A symbol, an emoji, half of a broken pair.</summary>
    None = 0,

    /// <summary>White space of any kind.</summary>
    Space = 1,

    /// <summary>A letter or digit of a script that puts spaces between words.</summary>
    Word = 2,

    /// <summary>A letter of a script that does not.</summary>
    Spaceless = 4,

    /// <summary>Punctuation; every ASCII sign that is no letter or digit is.</summary>
    Punctuation = 8,

    /// <summary>It can be seen.</summary>
    Ink = 16,
}

/// <summary>Finds the class of every unit of a text, once.</summary>
internal static class CharClasses
{
    /// <summary>One class a unit; marks that sit on a letter are of the letter's class.</summary>
    internal static CharClass[] Of(string text)
    {
        var classes = new CharClass[text.Length];
        var last = CharClass.Space;
        for (var i = 0; i < text.Length;)
        {
            if (text[i] < 0x80)
            {
                last = classes[i] = OfAscii(text[i]);
                i++;
                continue;
            }

            if (!Rune.TryGetRuneAt(text, i, out var rune))
            {
                last = classes[i++] = CharClass.Ink; // Half of a pair is shown as a sign of its own.
                continue;
            }

            last = Of(rune, last);
            for (var n = rune.Utf16SequenceLength; n > 0; n--)
                classes[i++] = last;
        }

        return classes;
    }

    private static CharClass OfAscii(char c) => c switch
    {
        ' ' or (>= '\t' and <= '\r') => CharClass.Space,
        < ' ' or '\x7F' => CharClass.None,
        _ => char.IsAsciiLetterOrDigit(c) ? CharClass.Word | CharClass.Ink : CharClass.Punctuation | CharClass.Ink,
    };

    private static CharClass Of(Rune rune, CharClass last)
    {
        if (Rune.IsWhiteSpace(rune))
            return CharClass.Space;
        if (IsInvisible(rune.Value))
            return CharClass.None;
        switch (Rune.GetUnicodeCategory(rune))
        {
            case UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark:
                return IsSelector(rune.Value) ? last & ~CharClass.Space : (last & ~CharClass.Space) | CharClass.Ink;
            case UnicodeCategory.Format:
                return rune.Value is 0x200C or 0x200D ? last & ~(CharClass.Space | CharClass.Ink) : CharClass.None; // They join letters.
            case UnicodeCategory.Control:
                return CharClass.None;
            case UnicodeCategory.DecimalDigitNumber:
                return CharClass.Word | CharClass.Ink;
            case UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber:
                return (IsSpaceless(rune.Value) ? CharClass.Spaceless : CharClass.Word) | CharClass.Ink;
            case >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation:
                return CharClass.Punctuation | CharClass.Ink;
            default:
                return rune.Value is >= 0xFF01 and <= 0xFF5E ? CharClass.Punctuation | CharClass.Ink : CharClass.Ink; // Full-width ASCII is what ASCII is.
        }
    }

    private static bool IsSelector(int value) => value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF);

    // Fillers of Hangul and the empty pattern of Braille are letters and symbols by category, and nothing to the eye.
    private static bool IsInvisible(int value) => value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 or 0x034F or 0x17B4 or 0x17B5;

    // Thai, Lao, Tibetan, Burmese, Khmer, Tai Le, New Tai Lue, Tai Tham, Balinese, Javanese, Tai Viet; Han, kana and Bopomofo with their signs of repetition.
    private static bool IsSpaceless(int value) => value is (>= 0x0E00 and <= 0x109F) or (>= 0x1780 and <= 0x17FF) or (>= 0x1950 and <= 0x19DF)
        or (>= 0x1A20 and <= 0x1AAF) or (>= 0x1B00 and <= 0x1B7F) or (>= 0xA980 and <= 0xA9FF) or (>= 0xAA60 and <= 0xAADF)
        or (>= 0x2E80 and <= 0x30FF) or (>= 0x3100 and <= 0x312F) or (>= 0x31A0 and <= 0x31BF) or (>= 0x31F0 and <= 0x31FF) or (>= 0x3400 and <= 0x4DBF)
        or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFF9F) or (>= 0x16FE0 and <= 0x18DFF)
        or (>= 0x1AFF0 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF);
}
