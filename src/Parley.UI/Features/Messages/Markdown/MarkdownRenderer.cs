using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Parley.Protocol.Rules;

namespace Parley.UI.Features.Messages.Markdown;

/// <summary>
/// Draws the tree of a message as elements. Nothing of it ever is HTML text: what is not drawn here by name appears as the characters that were typed,
/// so that no message can vanish or become something else.
/// </summary>
internal sealed class MarkdownRenderer(RenderTreeBuilder builder, string content)
{
    // Nobody is drawn as mentioned whom the server does not count, whatever Markdown makes of the signs around the name.
    private readonly IReadOnlyList<string> _mentioned = MentionRule.Names(content);

    private static readonly string[] LinkSchemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto];

    /// <summary>Draws a message.</summary>
    internal static RenderFragment Render(string content) => builder => new MarkdownRenderer(builder, content).Message();

    private void Message()
    {
        if (MessageMarkdown.Parse(content) is { } tree)
            Blocks(tree);
        else
            Element("p", "text__block", () => builder.AddContent(0, content), "auto");
    }

    private void Blocks(ContainerBlock container)
    {
        foreach (var block in container)
            Draw(block);
    }

    private void Draw(Block block)
    {
        switch (block)
        {
            case ParagraphBlock paragraph:
                Element("p", "text__block", () => Inlines(paragraph.Inline), "auto");
                break;
            case HeadingBlock heading:
                // No heading of the page's: a message is an article in a log, and its lines do not belong to the page's outline.
                Element("p", heading.Level == 1 ? "text__block text__title" : "text__block text__subtitle", () => Inlines(heading.Inline), "auto");
                break;
            case FencedCodeBlock code:
                Code(code);
                break;
            case QuoteBlock quote:
                Element("blockquote", "text__quote", () => Blocks(quote), TextDirection.Of(Slice(quote.Span)));
                break;
            case ListBlock list:
                List(list);
                break;
            default:
                Source("p", block.Span);
                break;
        }
    }

    private void Code(FencedCodeBlock code)
    {
        // Several words behind the fence are no language, but code that begins at once.
        var isCode = !string.IsNullOrWhiteSpace(code.Arguments);
        builder.OpenComponent<CodeBlock>(0);
        builder.AddAttribute(1, nameof(CodeBlock.Code), isCode ? $"{code.Info} {code.Arguments}\n{code.Lines}".TrimEnd('\n') : code.Lines.ToString());
        builder.AddAttribute(2, nameof(CodeBlock.Language), isCode ? null : code.Info);
        builder.CloseComponent();
    }

    private void List(ListBlock list)
    {
        builder.OpenElement(0, list.IsOrdered ? "ol" : "ul");
        builder.AddAttribute(1, "class", list.IsOrdered ? "text__list text__list--ordered" : "text__list");
        if (list.IsOrdered && list.OrderedStart is { } start && start != "1")
            builder.AddAttribute(2, "start", start);
        foreach (var item in list.OfType<ListItemBlock>())
            Element("li", null, () => Blocks(item), TextDirection.Of(Slice(item.Span))); // Its mark stands where its text begins.
        builder.CloseElement();
    }

    private void Inlines(ContainerInline? container)
    {
        for (var inline = container?.FirstChild; inline is not null; inline = inline.NextSibling)
        {
            if (inline is not LiteralInline literal)
            {
                Draw(inline);
                continue;
            }

            // A sign that came to nothing splits a text: "@bob_" is two. What was escaped is no sign at all.
            var words = literal.Content.ToString();
            for (; inline.NextSibling is LiteralInline { IsFirstCharacterEscaped: false } next; inline = next)
                words += next.Content.ToString();
            Words(words, from: literal.IsFirstCharacterEscaped ? 1 : 0);
        }
    }

    private void Words(string words, int from)
    {
        var drawn = 0;
        for (var at = _mentioned.Count > 0 ? words.IndexOf(MentionRule.Mark, from) : -1; at >= 0; at = words.IndexOf(MentionRule.Mark, at + 1))
        {
            var name = MentionRule.NameAt(words, at).ToString();
            if (!_mentioned.Contains(name, StringComparer.OrdinalIgnoreCase))
                continue;
            builder.AddContent(0, words[drawn..at]);
            builder.OpenComponent<MentionLink>(0);
            builder.AddAttribute(1, nameof(MentionLink.Name), name);
            builder.CloseComponent();
            drawn = at + 1 + name.Length;
        }

        builder.AddContent(0, words[drawn..]);
    }

    private void Draw(Inline inline)
    {
        switch (inline)
        {
            case LineBreakInline:
                builder.AddContent(0, "\n");
                break;
            case CodeInline code:
                Element("code", "text__code", () => builder.AddContent(0, code.Content));
                break;
            case ChannelNameInline channel:
                builder.OpenComponent<ChannelLink>(0);
                builder.AddAttribute(1, nameof(ChannelLink.Name), channel.Name);
                builder.CloseComponent();
                break;
            case EmphasisInline emphasis:
                Emphasis(emphasis);
                break;
            case LinkInline { IsImage: false } link when IsAllowed(link.Url):
                Link(link.Url, () => Inlines(link));
                break;
            case AutolinkInline { IsEmail: false } link when IsAllowed(link.Url):
                Link(link.Url, () => builder.AddContent(0, link.Url));
                break;
            case DelimiterInline sign:
                // One that came to nothing; what stands behind it stands in it.
                builder.AddContent(0, sign.ToLiteral());
                Inlines(sign);
                break;
            default:
                builder.AddContent(0, Slice(inline.Span));
                break;
        }
    }

    private void Emphasis(EmphasisInline emphasis)
    {
        switch (emphasis)
        {
            case { DelimiterChar: MessageMarkdown.SpoilerMark }:
                builder.OpenComponent<Spoiler>(0);
                builder.AddAttribute(1, nameof(Spoiler.ChildContent), (RenderFragment)(inner => new MarkdownRenderer(inner, content).Inlines(emphasis)));
                builder.CloseComponent();
                break;
            case { DelimiterChar: '~' }:
                Element("del", null, () => Inlines(emphasis));
                break;
            default:
                Element(emphasis.DelimiterCount == 2 ? "strong" : "em", null, () => Inlines(emphasis));
                break;
        }
    }

    private void Link(string? url, Action words)
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "class", "text__link");
        builder.AddAttribute(2, "href", url);
        builder.AddAttribute(3, "target", "_blank");
        builder.AddAttribute(4, "rel", "noopener noreferrer nofollow");
        builder.AddAttribute(5, "title", url);
        words();
        builder.CloseElement();
    }

    private void Element(string name, string? className, Action inside, string? direction = null)
    {
        builder.OpenElement(0, name);
        if (className is not null)
            builder.AddAttribute(1, "class", className);
        if (direction is not null)
            builder.AddAttribute(2, "dir", direction);
        inside();
        builder.CloseElement();
    }

    private void Source(string name, SourceSpan span) => Element(name, "text__block", () => builder.AddContent(0, Slice(span)), "auto");

    private string Slice(SourceSpan span) =>
        span.IsEmpty || span.Start < 0 || span.End >= content.Length ? "" : content[span.Start..(span.End + 1)];

    private static bool IsAllowed(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) && LinkSchemes.Contains(uri.Scheme);
}
