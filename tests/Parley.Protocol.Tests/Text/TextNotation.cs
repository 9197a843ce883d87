using System.Text;
using Parley.Protocol.Text;

namespace Parley.Protocol.Tests.Text;

/// <summary>A tree in the notation of docs/chat-text.md: what is shown, and as what.</summary>
internal static class TextNotation
{
    internal static string Of(ChatText text)
    {
        var written = new StringBuilder();
        Write(text, text.Root.Children, written, isHidden: false);
        return written.ToString();
    }

    private static void Write(ChatText text, IReadOnlyList<TextNode> nodes, StringBuilder written, bool isHidden)
    {
        for (var i = 0; i < nodes.Count;)
        {
            var end = i;
            var hidden = isHidden || nodes[i] is ItemBranch
                ? null
                : text.Spoilers.Where(s => s.Start <= nodes[i].Start && nodes[i].End <= s.End).Cast<Spoiler?>().FirstOrDefault();
            while (hidden is { } spoiler && end < nodes.Count && nodes[end] is not ItemBranch && spoiler.Start <= nodes[end].Start
                && nodes[end].End <= spoiler.End)
                end++;
            if (end == i)
            {
                Write(text, nodes[i++], written, isHidden);
                continue;
            }

            var isSeen = nodes.Skip(i).Take(end - i).Any(node => node is not MarkLeaf);
            written.Append(isSeen ? "hidden(" : "");
            for (; i < end; i++)
                Write(text, nodes[i], written, isHidden: true);
            written.Append(isSeen ? ")" : "");
        }
    }

    private static void Write(ChatText text, TextNode node, StringBuilder written, bool isHidden)
    {
        if (node is TextLeaf)
        {
            Leaf(text, node, written);
            return;
        }

        var branch = (TextBranch)node;
        if (branch is LinkBranch link)
        {
            var words = new StringBuilder();
            Write(text, branch.Children, words, isHidden);
            written.Append(words.ToString() == link.Address ? $"link({link.Address})" : $"link({words}: {link.Address})");
            if (HostNames.Beside(PlainText.WordsOf(text, branch), link.Address) is { } host)
                written.Append(" (").Append(host).Append(')');
            return;
        }

        var name = NameOf(branch);
        written.Append(name.Length > 0 ? name + "(" : "");
        Write(text, branch.Children, written, isHidden);
        written.Append(name.Length > 0 ? ")" : "");
    }

    private static void Leaf(ChatText text, TextNode leaf, StringBuilder written)
    {
        var source = text.Of(leaf).ToString();
        written.Append(leaf switch
        {
            MarkLeaf => "",
            AddressLeaf => HostNames.Shown(source) is var shown && shown != source ? $"link({shown}: {source})" : $"link({source})",
            NameLeaf => $"name({source})",
            ChannelLeaf => $"channel({source})",
            EmojiLeaf => $"emoji({source})",
            TimeLeaf time => $"time({time.Style} {time.At:yyyy-MM-dd'T'HH:mm:ss'Z'})",
            _ => source,
        });
    }

    private static string NameOf(TextBranch branch) => branch switch
    {
        HeadingBranch heading => $"h{heading.Level}",
        SmallBranch => "small",
        QuoteBranch => "quote",
        ListBranch => "list",
        ItemBranch item => item.Number is null ? "-" : item.Mark,
        CodeBlockBranch { Language: { } language } => $"block:{language}",
        CodeBlockBranch => "block",
        CodeSpanBranch => "code",
        EmphasisBranch emphasis => emphasis.Kind.ToString().ToLowerInvariant(),
        _ => "",
    };
}
