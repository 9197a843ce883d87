using System.Text;

namespace Parley.UI.Features.Messages.Text;

/// <summary>Which way a stretch of text runs: as its first letter does that has a way of its own (UAX #9, P2 and P3).</summary>
internal static class TextDirection
{
    /// <summary><c>rtl</c> or <c>ltr</c>, as an attribute has it.</summary>
    internal static string Of(ReadOnlySpan<char> text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsRightToLeft(rune.Value))
                return "rtl";
            if (Rune.IsLetter(rune))
                return "ltr";
        }

        return "ltr";
    }

    // Hebrew, Arabic, Syriac, Thaana, N'Ko, Samaritan, Mandaic; their presentation forms; and the old scripts of plane 1 that run so.
    private static bool IsRightToLeft(int value) =>
        value is (>= 0x0590 and <= 0x08FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF)
            or 0x200F;
}
