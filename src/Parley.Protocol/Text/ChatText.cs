namespace Parley.Protocol.Text;

/// <summary>
/// A message's text as a tree: the one grammar of Parley (docs/chat-text.md), read by the screen, the server, notifications and quotes. Pure, linear in the
/// length whatever is typed, and total: every text has a tree, and no text fails.
/// </summary>
public sealed class ChatText
{
    private ChatText(string source, MessageBranch root, IReadOnlyList<Spoiler> spoilers)
    {
        Source = source;
        Root = root;
        Spoilers = spoilers;
    }

    /// <summary>What was typed.</summary>
    public string Source { get; }

    /// <summary>Its parts.</summary>
    public MessageBranch Root { get; }

    /// <summary>What is hidden, in order, without overlaps: ranges of the source that may start and end anywhere in the tree.</summary>
    public IReadOnlyList<Spoiler> Spoilers { get; }

    /// <summary>All leaves, in order. Together they are the source.</summary>
    public IEnumerable<TextLeaf> Leaves
    {
        get
        {
            var waiting = new Stack<TextNode>([Root]);
            while (waiting.TryPop(out var node))
            {
                if (node is TextLeaf leaf)
                    yield return leaf;
                if (node is not TextBranch branch)
                    continue;
                for (var i = branch.Children.Count - 1; i >= 0; i--)
                    waiting.Push(branch.Children[i]);
            }
        }
    }

    /// <summary>Reads a text of any length, with whatever in it.</summary>
    public static ChatText Parse(string source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Parse(new TextSource(source));
    }

    /// <summary>The words of a part, as they were typed.</summary>
    public ReadOnlySpan<char> Of(TextNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        return Source.AsSpan(node.Start, node.End - node.Start);
    }

    internal static ChatText Parse(TextSource source)
    {
        var root = new MessageBranch();
        var blocks = new BlockPass(source);
        blocks.Run(root);
        SpoilerPass.Run(source);
        var inlines = new InlinePass(source, blocks.Lines);
        foreach (var stretch in blocks.Stretches)
            inlines.Run(stretch);
        root.Close();
        var text = new ChatText(source.Text, root, source.Spoilers);
        return text.IsSeen() || !source.HasInk(0, source.Length) ? text : AsTyped(source.Text);
    }

    // No message can vanish: should all of one be marks, they are its words.
    private static ChatText AsTyped(string source)
    {
        var root = new MessageBranch();
        var paragraph = new ParagraphBranch(0);
        root.Add(paragraph);
        paragraph.Insert(0, [new WordsLeaf(0, source.Length)]);
        root.Close();
        return new ChatText(source, root, []);
    }

    private bool IsSeen()
    {
        foreach (var leaf in Leaves)
        {
            if (leaf is not MarkLeaf && !Of(leaf).IsWhiteSpace())
                return true;
        }

        return false;
    }
}
