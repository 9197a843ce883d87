using System.Globalization;
using System.Text;
using Parley.Protocol.Text;
using Parley.UI.Features.Emoji;
using Parley.UI.Resources;

namespace Parley.UI.Features.Messages.Text;

/// <summary>Messages that are only emoji are shown large.</summary>
internal static class EmojiText
{
    private const int MaxEmoji = 27;
    private const int KeycapMark = 0x20E3;

    /// <summary>Whether the text is emoji (or their names) and white space alone, and not a wall of them.</summary>
    internal static bool IsOnlyEmoji(ChatText text)
    {
        if (text.Spoilers.Count > 0 || text.Root.Children is not [ParagraphBranch paragraph])
            return false;
        var count = 0;
        foreach (var leaf in paragraph.Children)
        {
            if (leaf is EmojiLeaf && Emoji(text.Of(leaf)) is not null)
                count++;
            else if (leaf is not WordsLeaf || !Count(text.Of(leaf).ToString(), ref count))
                return false;
            if (count > MaxEmoji)
                return false;
        }

        return count > 0;
    }

    /// <summary>The emoji of a name between colons; null where there is none.</summary>
    internal static string? Emoji(ReadOnlySpan<char> name) => EmojiCatalog.Of(Language.Code).ByName(name[1..^1].ToString())?.Character;

    private static bool Count(string words, ref int count)
    {
        var parts = StringInfo.GetTextElementEnumerator(words);
        while (parts.MoveNext())
        {
            var part = parts.GetTextElement();
            if (string.IsNullOrWhiteSpace(part))
                continue;
            if (!IsEmoji(part) || ++count > MaxEmoji)
                return false;
        }

        return true;
    }

    // A family, a flag or a hand with its tone is one part, and begins with an emoji; a digit is one where it stands on a key.
    private static bool IsEmoji(string part)
    {
        var first = Rune.TryGetRuneAt(part, 0, out var rune) ? rune.Value : 0;
        return part.EnumerateRunes().Any(mark => mark.Value == KeycapMark) || IsPicture(first) || (part.Length > 1 && part[1] == '\uFE0F' && first > 0x7F);
    }

    // The blocks in which Unicode keeps what is drawn in colour by itself.
    private static bool IsPicture(int value) =>
        value is (>= 0x1F300 and <= 0x1FAFF) or (>= 0x1F1E6 and <= 0x1F1FF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1F0FF);
}
