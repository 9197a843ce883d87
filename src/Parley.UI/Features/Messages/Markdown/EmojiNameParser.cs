using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Parley.UI.Features.Emoji;
using Parley.UI.Resources;

namespace Parley.UI.Features.Messages.Markdown;

/// <summary>Reads <c>:name:</c> as the emoji of that name. Code and addresses never come here: their parsers take them whole.</summary>
internal sealed class EmojiNameParser : InlineParser
{
    private const int LongestName = 80;

    internal EmojiNameParser() => OpeningCharacters = [':'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var text = slice.AsSpan();
        var end = text[1..Math.Min(text.Length, LongestName)].IndexOf(':') + 1;
        if (end < 2 || !IsName(text[1..end]) || EmojiCatalog.Of(Language.Code).ByName(text[1..end].ToString()) is not { } emoji)
            return false;
        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new LiteralInline(emoji.Character) { Line = line, Column = column, Span = new SourceSpan(start, start + end), IsClosed = true };
        slice.Start += end + 1;
        return true;
    }

    private static bool IsName(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '+'))
                return false;
        }

        return true;
    }
}
