using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;
using Markdig.Parsers.Inlines;
using Markdig.Syntax;

namespace Parley.UI.Features.Messages.Markdown;

/// <summary>The Markdown of conversation: what people type on purpose, without the parts that would swallow or twist what they did not mean as such.</summary>
internal static class MessageMarkdown
{
    /// <summary>The mark of a spoiler, as in <c>||so||</c>.</summary>
    internal const char SpoilerMark = '|';

    private static readonly MarkdownPipeline Pipeline = Build();

    /// <summary>
    /// The tree of a message's text; null where it is nested deeper than anybody means (128 quotes in each other). Positions in it are positions in
    /// <paramref name="content"/>.
    /// </summary>
    internal static MarkdownDocument? Parse(string content)
    {
        try
        {
            return Markdig.Markdown.Parse(content, Pipeline);
        }
        catch (ArgumentException)
        {
            return null; // The library says so in no other way.
        }
    }

    private static MarkdownPipeline Build()
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseAutoLinks()
            .UsePreciseSourceLocation();

        // Four spaces in front, a row of dashes, dashes under a line: in a conversation they are what they look like.
        builder.BlockParsers.TryRemove<IndentedCodeBlockParser>();
        builder.BlockParsers.TryRemove<ThematicBreakParser>();
        if (builder.BlockParsers.Find<ParagraphBlockParser>() is { } paragraphs)
            paragraphs.ParseSetextHeadings = false;
        builder.InlineParsers.Insert(0, new EmojiNameParser());
        builder.InlineParsers.Insert(0, new ChannelNameParser());
        builder.InlineParsers.Find<EmphasisInlineParser>()?.EmphasisDescriptors.Add(new EmphasisDescriptor(SpoilerMark, 2, 2, true));
        return builder.Build();
    }
}
