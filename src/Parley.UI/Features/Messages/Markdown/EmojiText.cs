using System.Text;

namespace Parley.UI.Features.Messages.Markdown;

/// <summary>Messages that are only emoji are shown large.</summary>
internal static class EmojiText
{
    private const int MaxEmoji = 27;
    private const int ZeroWidthJoiner = 0x200D;
    private const int KeycapMark = 0x20E3;

    /// <summary>Whether the text is emoji and white space alone, and not a wall of them.</summary>
    internal static bool IsOnlyEmoji(string text)
    {
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || IsJoint(rune.Value))
                continue;
            if (!IsEmoji(rune.Value))
                return false;
            count++;
        }

        return count is > 0 and <= MaxEmoji;
    }

    private static bool IsJoint(int value) =>
        value is ZeroWidthJoiner or KeycapMark or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF) or (>= 0xE0020 and <= 0xE007F);

    // The blocks in which Unicode keeps what is drawn in colour by itself.
    private static bool IsEmoji(int value) =>
        value is (>= 0x1F300 and <= 0x1FAFF) or (>= 0x1F1E6 and <= 0x1F1FF) or (>= 0x2600 and <= 0x27BF) or (>= 0x2B00 and <= 0x2BFF) or (>= 0x1F000 and <= 0x1F0FF);
}
