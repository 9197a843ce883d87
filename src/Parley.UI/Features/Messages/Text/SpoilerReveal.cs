using Parley.Protocol.Text;

namespace Parley.UI.Features.Messages.Text;

/// <summary>What a message's author hid, and how much of it the reader has asked for.</summary>
internal sealed class SpoilerReveal
{
    private const int Outside = -1;

    private readonly ChatText _text;
    private readonly int[] _firstLeaves;
    private readonly HashSet<int> _shownNumbers = [];

    internal SpoilerReveal(ChatText text)
    {
        _text = text;
        _firstLeaves = new int[text.Spoilers.Count];
        Array.Fill(_firstLeaves, Outside);
        if (_firstLeaves.Length == 0)
            return;
        foreach (var leaf in text.Leaves)
        {
            if (leaf is not MarkLeaf && Of(leaf) is >= 0 and var spoiler && _firstLeaves[spoiler] == Outside)
                _firstLeaves[spoiler] = leaf.Start;
        }
    }

    /// <summary>The spoiler, by its place in the message, that a node is hidden by as a whole; negative where there is none.</summary>
    internal int Of(TextNode node)
    {
        var (low, high) = (0, _text.Spoilers.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_text.Spoilers[middle].End < node.End)
                low = middle + 1;
            else if (_text.Spoilers[middle].Start > node.Start)
                high = middle - 1;
            else
                return middle;
        }

        return Outside;
    }

    /// <summary>Whether the first words of a spoiler are in a node.</summary>
    internal bool IsFirst(int spoiler, TextNode first, TextNode last) => first.Start <= _firstLeaves[spoiler] && _firstLeaves[spoiler] < last.End;

    internal bool IsShown(int spoiler) => _shownNumbers.Contains(spoiler);

    internal void Show(int spoiler) => _shownNumbers.Add(spoiler);
}
