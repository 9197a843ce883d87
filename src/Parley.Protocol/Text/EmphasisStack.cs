namespace Parley.Protocol.Text;

/// <summary>What was opened in a line and waits for its end. Bounded: what would open more than 32 at once is text.</summary>
internal sealed class EmphasisStack(TextSource source)
{
    private const int Depth = 32;
    private readonly List<Opener> _open = [];
    private int _floor; // Below are those around a link's words, which nothing in the words closes.
    private string _phantoms = "";

    /// <summary>Forgets all of the line.</summary>
    internal void Clear()
    {
        _open.RemoveRange(_floor, _open.Count - _floor);
        _phantoms = "";
    }

    /// <summary>Forgets all, whatever is around.</summary>
    internal void ClearAll()
    {
        _floor = 0;
        Clear();
    }

    /// <summary>From now on what is open is out of reach; the answer is for <see cref="Leave"/>.</summary>
    internal int Enter() => (_floor, _floor = _open.Count).Item1;

    /// <summary>Back to what was open before.</summary>
    internal void Leave(int floor)
    {
        Clear();
        _floor = Math.Min(floor, _open.Count);
    }

    /// <summary>An escaped sign that could have opened something: its escaped partner is one that could have closed it.</summary>
    internal void AddPhantom(char sign)
    {
        if (!_phantoms.Contains(sign))
            _phantoms += sign;
    }

    internal bool HasPhantom(char sign) => _phantoms.Contains(sign);

    /// <summary>Whether a run would close something that is open.</summary>
    internal bool Closes(DelimiterRun run, int lastDouble) => run.CanClose && Find(run.Sign, run.Length, run.Start, lastDouble, out _) >= 0;

    /// <summary>Closes what a run closes: wraps what stands in <paramref name="nodes"/> since.</summary>
    /// <param name="run">The run.</param>
    /// <param name="nodes">The parts so far, with the openers among them.</param>
    /// <param name="lastDouble">Where the line's last run of two or more of this sign starts; a pair that can still be closed keeps its two signs.</param>
    /// <returns>How many signs of the run are used up.</returns>
    internal int Close(DelimiterRun run, List<TextNode> nodes, int lastDouble)
    {
        var used = 0;
        while (run.CanClose && used < run.Length && Find(run.Sign, run.Length - used, run.Start, lastDouble, out var size) is >= 0 and var found)
        {
            Wrap(found, size, run.Start + used, nodes);
            used += size;
        }

        return used;
    }

    /// <summary>Opens what a run opens: its words are the last of <paramref name="nodes"/>. Nothing happens where too much is open.</summary>
    internal void Open(char sign, int count, int end, List<TextNode> nodes)
    {
        if (_open.Count < Depth)
            _open.Add(new Opener(sign, count, nodes.Count - 1, end));
    }

    // The innermost opener that fits. Where none does, "**a*" is one whose pair comes to nothing, so that one of its signs is free.
    private int Find(char sign, int left, int at, int lastDouble, out int size)
    {
        size = 0;
        if (_open.Count == _floor || !source.HasWords(_open[_floor].End, at))
            return -1;
        var half = -1;
        for (var i = _open.Count - 1; i >= _floor; i--)
        {
            source.Steps++;
            var opener = _open[i];
            if (opener.Sign != sign || !source.HasWords(opener.End, at))
                continue;
            size = left switch
            {
                1 => opener.Count != 2 ? 1 : 0,
                2 => opener.Count >= 2 ? 2 : 0,
                _ => Math.Min(opener.Count, 2),
            };
            if (size > 0)
                return i;
            if (half < 0 && left == 1 && sign == '*' && lastDouble >= 0 && lastDouble < at)
                half = i;
        }

        size = half < 0 ? 0 : 1;
        return half;
    }

    private void Wrap(int found, int size, int closeStart, List<TextNode> nodes)
    {
        var opener = _open[found];
        var inner = opener.End - size;
        List<TextNode> parts = [new MarkLeaf(inner, opener.End)];
        parts.AddRange(nodes.GetRange(opener.Node + 1, nodes.Count - opener.Node - 1));
        parts.Add(new MarkLeaf(closeStart, closeStart + size));
        source.Steps += parts.Count;
        nodes.RemoveRange(opener.Node, nodes.Count - opener.Node);
        _open.RemoveRange(found, _open.Count - found);
        if (opener.Count > size)
        {
            nodes.Add(new WordsLeaf(inner - (opener.Count - size), inner));
            _open.Add(opener with { Count = opener.Count - size, End = inner });
        }

        nodes.Add(new EmphasisBranch(parts, KindOf(opener.Sign, size)));
    }

    private static Emphasis KindOf(char sign, int size) => (sign, size) switch
    {
        ('~', _) => Emphasis.Strike,
        ('*', 2) => Emphasis.Bold,
        ('_', 2) => Emphasis.Underline,
        _ => Emphasis.Italic,
    };

    // The node is the one of its signs, which are words as long as nothing closes them.
    private readonly record struct Opener(char Sign, int Count, int Node, int End);
}
