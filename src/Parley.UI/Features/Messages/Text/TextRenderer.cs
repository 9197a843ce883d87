using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Parley.Protocol.Text;

namespace Parley.UI.Features.Messages.Text;

/// <summary>Draws the tree of a message as elements. Nothing of it ever is HTML text.</summary>
internal sealed class TextRenderer(
    RenderTreeBuilder builder, ChatText text, SpoilerReveal spoilers, object receiver, bool isInLink = false, bool isHidden = false)
{
    /// <summary>Draws a message.</summary>
    /// <param name="text">Its tree.</param>
    /// <param name="spoilers">What is shown of what is hidden.</param>
    /// <param name="receiver">The component that is drawn.</param>
    /// <param name="end">What stands behind the last word, in its line where that is one of a paragraph; null where nothing does.</param>
    internal static RenderFragment Render(ChatText text, SpoilerReveal spoilers, object receiver, RenderFragment? end = null) => builder =>
    {
        var renderer = new TextRenderer(builder, text, spoilers, receiver);
        if (end is not null && text.Root.Children is [.., ParagraphBranch last] && spoilers.Of(last) < 0)
        {
            renderer.Nodes(text.Root.Children, 0, text.Root.Children.Count - 1);
            renderer.Element("div", "text__block", last, "auto", end);
        }
        else
        {
            renderer.Children(text.Root);
            builder.AddContent(0, end);
        }
    };

    private void Children(TextBranch branch) => Nodes(branch.Children, 0, branch.Children.Count);

    // Spoilers are laid over the tree: neighbours that are hidden by one are drawn in one part of it; what is hidden in part has its parts looked at.
    private void Nodes(IReadOnlyList<TextNode> nodes, int from, int to)
    {
        for (var i = from; i < to;)
        {
            var spoiler = HiddenBy(nodes[i]);
            if (spoiler < 0)
            {
                Draw(nodes[i++]);
                continue;
            }

            var end = i + 1;
            while (end < to && HiddenBy(nodes[end]) == spoiler)
                end++;
            Hidden(nodes, i, end, spoiler);
            i = end;
        }
    }

    private void Hidden(IReadOnlyList<TextNode> nodes, int from, int to, int spoiler)
    {
        var hidden = Enumerable.Range(from, to - from).Select(i => nodes[i]).ToList();
        if (hidden.TrueForAll(node => node is MarkLeaf))
            return;
        builder.OpenComponent<Spoiler>(0);
        builder.AddAttribute(1, nameof(Spoiler.IsShown), spoilers.IsShown(spoiler));
        builder.AddAttribute(2, nameof(Spoiler.IsFirst), spoilers.IsFirst(spoiler, nodes[from], nodes[to - 1]));
        builder.AddAttribute(3, nameof(Spoiler.IsBlock), hidden.Exists(IsBlock));
        builder.AddAttribute(4, nameof(Spoiler.OnShow), EventCallback.Factory.Create(receiver, () => spoilers.Show(spoiler)));
        builder.AddAttribute(5, nameof(Spoiler.ChildContent), (RenderFragment)(
            inner => new TextRenderer(inner, text, spoilers, receiver, isInLink, isHidden: true).Shown(hidden)));
        builder.CloseComponent();
    }

    private void Shown(List<TextNode> nodes)
    {
        foreach (var node in nodes)
            Draw(node);
    }

    // A list has items and nothing else: the words of an item are hidden in it.
    private int HiddenBy(TextNode node) => isHidden || node is ItemBranch ? -1 : spoilers.Of(node);

    private static bool IsBlock(TextNode node) => node is ParagraphBranch or HeadingBranch or SmallBranch or QuoteBranch or ListBranch or CodeBlockBranch
        || (node is EmphasisBranch branch && branch.Children.Any(IsBlock));

    private void Draw(TextNode node)
    {
        switch (node)
        {
            case MarkLeaf:
                break;
            case TextLeaf leaf:
                Draw(leaf);
                break;
            case ParagraphBranch paragraph:
                Element("div", "text__block", paragraph, "auto");
                break;
            case HeadingBranch heading:
                // No heading of the page's: a message is an article in a log, and its lines do not belong to the page's outline.
                Element("div", $"text__block text__title text__title--{heading.Level}", heading, "auto");
                break;
            case SmallBranch small:
                Element("div", "text__block text__small", small, "auto");
                break;
            case QuoteBranch quote:
                Element("blockquote", "text__quote", quote, TextDirection.Of(text.Of(quote)));
                break;
            case ListBranch list:
                Element(list.IsNumbered ? "ol" : "ul", list.IsNumbered ? "text__list text__list--ordered" : "text__list", list);
                break;
            case ItemBranch item:
                Item(item);
                break;
            case CodeBlockBranch code:
                Code(code);
                break;
            case CodeSpanBranch span:
                Element("code", "text__code", span);
                break;
            case EmphasisBranch emphasis:
                Element(NameOf(emphasis.Kind), null, emphasis);
                break;
            case LinkBranch link:
                Link(link);
                break;
            default:
                throw new InvalidOperationException($"{node.GetType().Name} has no picture.");
        }
    }

    private void Draw(TextLeaf leaf)
    {
        switch (leaf)
        {
            case AddressLeaf:
                Anchor(text.Of(leaf).ToString(), () => builder.AddContent(0, HostNames.Shown(text.Of(leaf).ToString())));
                break;
            case NameLeaf:
                builder.OpenComponent<MentionLink>(0);
                builder.AddAttribute(1, nameof(MentionLink.Name), text.Of(leaf)[1..].ToString());
                builder.AddAttribute(2, nameof(MentionLink.IsInLink), isInLink);
                builder.CloseComponent();
                break;
            case ChannelLeaf when !isInLink:
                builder.OpenComponent<ChannelLink>(0);
                builder.AddAttribute(1, nameof(ChannelLink.Name), text.Of(leaf)[1..].ToString());
                builder.CloseComponent();
                break;
            case EmojiLeaf when EmojiText.Emoji(text.Of(leaf)) is { } emoji:
                builder.OpenElement(0, "span");
                builder.AddAttribute(1, "class", "text__emoji");
                builder.AddAttribute(2, "title", text.Of(leaf).ToString());
                builder.AddContent(3, emoji);
                builder.CloseElement();
                break;
            case TimeLeaf time:
                builder.OpenComponent<TimeStamp>(0);
                builder.AddAttribute(1, nameof(TimeStamp.Leaf), time);
                builder.CloseComponent();
                break;
            default:
                builder.AddContent(0, text.Of(leaf).ToString());
                break;
        }
    }

    // Each item says its own number, so that "3. 2. 1." counts down.
    private void Item(ItemBranch item)
    {
        builder.OpenElement(0, "li");
        if (item.Number is { } number)
        {
            builder.AddAttribute(1, "value", number);
            if (item.Mark.EndsWith(')') || item.Mark is ['0', not ('.' or ')'), ..])
                builder.AddAttribute(2, "class", $"text__item--{item.Mark.Length - 1}{(item.Mark.EndsWith(')') ? "p" : "")}");
        }

        builder.AddAttribute(3, "dir", TextDirection.Of(text.Of(item))); // Its mark stands where its text begins.
        Children(item);
        builder.CloseElement();
    }

    private void Code(CodeBlockBranch code)
    {
        builder.OpenComponent<CodeBlock>(0);
        builder.AddAttribute(1, nameof(CodeBlock.Code), PlainText.WordsOf(text, code));
        builder.AddAttribute(2, nameof(CodeBlock.Language), code.Language);
        builder.CloseComponent();
    }

    private void Link(LinkBranch link)
    {
        Anchor(link.Address, () => new TextRenderer(builder, text, spoilers, receiver, isInLink: true, isHidden).Children(link));
        if (HostNames.Beside(PlainText.WordsOf(text, link), link.Address) is not { } host)
            return;
        builder.OpenElement(0, "bdi");
        builder.AddAttribute(1, "class", "text__host");
        builder.AddContent(2, $" ({host})");
        builder.CloseElement();
    }

    private void Anchor(string address, Action words)
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "class", "text__link");
        builder.AddAttribute(2, "href", address);
        builder.AddAttribute(3, "target", "_blank");
        builder.AddAttribute(4, "rel", "noopener noreferrer nofollow");
        builder.AddAttribute(5, "title", HostNames.Shown(address));
        words();
        builder.CloseElement();
    }

    private void Element(string name, string? className, TextBranch branch, string? direction = null, RenderFragment? end = null)
    {
        builder.OpenElement(0, name);
        if (className is not null)
            builder.AddAttribute(1, "class", className);
        if (direction is not null)
            builder.AddAttribute(2, "dir", direction);
        Children(branch);
        builder.AddContent(3, end);
        builder.CloseElement();
    }

    private static string NameOf(Emphasis kind) => kind switch
    {
        Emphasis.Bold => "strong",
        Emphasis.Underline => "u",
        Emphasis.Strike => "del",
        _ => "em",
    };
}
