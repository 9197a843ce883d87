using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Parley.UI.Features.Emoji;
using Parley.UI.Resources;

namespace Parley.UI.Features.Messages.Markdown;

/// <summary>Messages that are only emoji are shown large.</summary>
internal static partial class EmojiText
{
    private const int MaxEmoji = 27;
    private const int KeycapMark = 0x20E3;

    /// <summary>Whether the text is emoji (or their names) and white space alone, and not a wall of them.</summary>
    internal static bool IsOnlyEmoji(string text)
    {
        var count = 0;
        var parts = StringInfo.GetTextElementEnumerator(Name().Replace(text, CharacterOf));
        while (parts.MoveNext())
        {
            var part = parts.GetTextElement();
            if (string.IsNullOrWhiteSpace(part))
                continue;
            if (!IsEmoji(part) || ++count > MaxEmoji)
                return false;
        }

        return count > 0;
    }

    private static string CharacterOf(Match name) => EmojiCatalog.Of(Language.Code).ByName(name.Groups[1].Value)?.Character ?? name.Value;

    // A family, a flag or a hand with its tone is one part, and begins with an emoji; a digit is one where it stands on a key.
    private static bool IsEmoji(string part)
    {
        var first = Rune.GetRuneAt(part, 0).Value;
        return part.EnumerateRunes().Any(rune => rune.Value == KeycapMark) || IsPicture(first) || (part.Length > 1 && part[1] == '\uFE0F' && first > 0x7F);
    }

    // The blocks in which Unicode keeps what is drawn in colour by itself.
    private static bool IsPicture(int value) =>
        value is (>= 0x1F300 and <= 0x1FAFF) or (>= 0x1F1E6 and <= 0x1F1FF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1F0FF);

    [GeneratedRegex(":([a-z0-9_+-]{1,80}):", RegexOptions.IgnoreCase)]
    private static partial Regex Name();
}
