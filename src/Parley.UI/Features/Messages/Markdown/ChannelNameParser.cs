using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Parley.Protocol.Rules;

namespace Parley.UI.Features.Messages.Markdown;

/// <summary>Reads <c>#name</c> as a channel's name. Whether there is such a channel is seen when it is drawn.</summary>
internal sealed class ChannelNameParser : InlineParser
{
    internal ChannelNameParser() => OpeningCharacters = ['#'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        // Not in "C#tools" and not the second sign of "##".
        if (slice.PeekCharExtra(-1) is var before && (char.IsLetterOrDigit(before) || before is '_' or '#' or '/' or '&'))
            return false;
        var text = slice.AsSpan();
        var end = 1;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-'))
            end++;
        if (ChannelNameRule.Check(text[1..end].ToString().ToLowerInvariant()) is not null || (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_')))
            return false;
        var start = processor.GetSourcePosition(slice.Start, out var line, out var column);
        processor.Inline = new ChannelNameInline(text[1..end].ToString()) { Line = line, Column = column, Span = new SourceSpan(start, start + end - 1), IsClosed = true };
        slice.Start += end;
        return true;
    }
}

/// <summary>A channel's name in a message.</summary>
/// <param name="name">Without its sign.</param>
internal sealed class ChannelNameInline(string name) : LeafInline
{
    internal string Name { get; } = name;
}
