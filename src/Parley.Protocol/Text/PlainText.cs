using System.Text;

namespace Parley.Protocol.Text;

/// <summary>
/// A message as plain text, for places that show no more: notifications, quotes of a line. Marks are gone, and what is hidden is hidden here, too.
/// </summary>
/// <param name="time">How a point in time is written; as it was typed where this is null.</param>
/// <param name="emoji">The emoji of a name without its colons, null where there is none; names stay where this is null.</param>
public sealed class PlainText(Func<TimeLeaf, string>? time = null, Func<string, string?>? emoji = null)
{
    /// <summary>What stands for hidden text, whatever its length.</summary>
    public const string Hidden = "▒▒▒";

    private const int IndentOfItem = 2;

    /// <summary>A message as plain text.</summary>
    public string Of(ChatText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var written = new Writer(text, time, emoji);
        written.Write(text.Root, 0);
        return written.ToString();
    }

    /// <summary>The words of a part, read plainly: without marks, hidden ones included.</summary>
    public static string WordsOf(ChatText text, TextBranch branch)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(branch);
        var words = new StringBuilder();
        Add(branch);
        return words.ToString();

        void Add(TextNode node)
        {
            if (node is TextBranch inner)
            {
                foreach (var child in inner.Children)
                    Add(child);
            }
            else if (node is not MarkLeaf)
            {
                words.Append(text.Of(node));
            }
        }
    }

    private sealed class Writer(ChatText text, Func<TimeLeaf, string>? time, Func<string, string?>? emoji)
    {
        private readonly StringBuilder _written = new();
        private int _spoiler;
        private int _shownSpoiler = -1;

        public override string ToString() => _written.ToString();

        internal void Write(TextBranch branch, int depth)
        {
            if (branch is CodeBlockBranch && !IsHidden(branch.Start))
                BreakLine();
            foreach (var child in branch.Children)
            {
                if (child is TextBranch inner)
                    Write(inner, branch is ItemBranch ? depth + 1 : depth);
                else
                    Write((TextLeaf)child, branch, depth);
            }

            if (IsHidden(branch.Start))
                return;
            if (branch is CodeBlockBranch && branch.End < text.Source.Length)
                BreakLine();
            if (branch is LinkBranch link && HostNames.Beside(WordsOf(text, link), link.Address) is { } host)
                _written.Append(" (").Append(host).Append(')');
        }

        private void Write(TextLeaf leaf, TextBranch parent, int depth)
        {
            if (IsHidden(leaf.Start))
            {
                if (_shownSpoiler != _spoiler && leaf is not MarkLeaf)
                    _written.Append(Hidden);
                if (leaf is not MarkLeaf)
                    _shownSpoiler = _spoiler;
                return;
            }

            switch (leaf)
            {
                case MarkLeaf:
                    Mark(leaf, parent, depth);
                    break;
                case TimeLeaf at when time is not null:
                    _written.Append(time(at));
                    break;
                case EmojiLeaf when emoji?.Invoke(text.Of(leaf)[1..^1].ToString()) is { } character:
                    _written.Append(character);
                    break;
                case AddressLeaf:
                    _written.Append(HostNames.Shown(text.Of(leaf).ToString()));
                    break;
                default:
                    _written.Append(text.Of(leaf));
                    break;
            }
        }

        // Of the marks, those stay that tell where a line, an item or a quoted line begins.
        private void Mark(TextLeaf mark, TextBranch parent, int depth)
        {
            var signs = text.Of(mark);
            if (parent is CodeBlockBranch or CodeSpanBranch)
                return;
            if (signs.StartsWith('\n'))
                BreakLine();
            else if (parent is ItemBranch item && mark.Start == item.Start)
                _written.Append(' ', depth * IndentOfItem).Append(item.Number is null ? "•" : item.Mark).Append(' ');
            else if (signs.TrimStart(' ').StartsWith('>') && parent is QuoteBranch or ParagraphBranch or ListBranch)
                _written.Append("> ");
        }

        private void BreakLine()
        {
            if (_written.Length > 0 && _written[^1] != '\n')
                _written.Append('\n');
        }

        // Leaves come in order, and so do spoilers; none starts or ends within a leaf.
        private bool IsHidden(int at)
        {
            while (_spoiler < text.Spoilers.Count && text.Spoilers[_spoiler].End <= at)
                _spoiler++;
            return _spoiler < text.Spoilers.Count && text.Spoilers[_spoiler].Start <= at;
        }
    }
}
