namespace Parley.Protocol.Text;

/// <summary>Builds a list from its lines: two spaces more than the item above nest an item in it, and a line that is no item ends them all.</summary>
internal sealed class ListBuilder(TextSource source, LineTable lines, CodeWalk walk, List<Stretch> stretches)
{
    /// <summary>How deep lists nest, as in Discord; deeper items stand beside the deepest.</summary>
    internal const int MaxDepth = 11;

    private const int NestingSpaces = 2;
    private readonly List<(int Indent, ItemBranch Item)> _levels = [];

    /// <summary>Builds the list that starts with a line; the line behind it.</summary>
    internal int Build(TextBranch parent, int line, int endLine, bool isQuote)
    {
        _levels.Clear();
        var regionEnd = lines.EndOf(endLine - 1);
        for (var isFirst = true; ; isFirst = false)
        {
            var (start, end) = (lines.ContentOf(line), lines.EndOf(line));
            var mark = LineMark.Read(source, start, end);
            var item = Add(parent, mark, start, isFirst ? start : lines.EndOf(line - 1), line);
            while (_levels.Count < MaxDepth && LineMark.Read(source, mark.WordsStart, end) is { Kind: LineKind.Item } inner)
            {
                (start, mark) = (mark.WordsStart, inner);
                var list = new ListBranch(start, IsNumbered(mark));
                item.Add(list);
                item = Item(list, mark, start);
                _levels.Add((mark.Start - lines.ContentOf(line), item));
            }

            line = lines.LineAt(Words(item, mark.WordsStart, end, regionEnd, isQuote)) + 1;
            if (line >= endLine || (!isQuote && lines.QuoteAt(line) != QuoteForm.None)
                || LineMark.Read(source, lines.ContentOf(line), lines.EndOf(line)).Kind != LineKind.Item)
                return line;
        }
    }

    /// <summary>Adds the heading or the small line that a mark makes of a line.</summary>
    internal void AddTitle(TextBranch parent, LineMark mark, int start, int end)
    {
        TextBranch title = mark.Kind == LineKind.Small ? new SmallBranch(start) : new HeadingBranch(start, mark.SignEnd - mark.Start);
        parent.Add(title);
        title.Add(new MarkLeaf(start, mark.WordsStart));
        walk.Line(mark.WordsStart, end, end);
        stretches.Add(new Stretch(title, 1, mark.WordsStart, end));
    }

    private ItemBranch Add(TextBranch parent, LineMark mark, int start, int gapStart, int line)
    {
        var indent = mark.Start - start;
        while (_levels.Count > 1 && indent < _levels[^1].Indent)
            _levels.RemoveAt(_levels.Count - 1);
        var isNested = _levels.Count is > 0 and < MaxDepth && indent >= _levels[^1].Indent + NestingSpaces;
        if (_levels.Count > 0 && !isNested)
        {
            indent = Math.Min(indent, _levels[^1].Indent);
            _levels.RemoveAt(_levels.Count - 1);
        }

        var container = _levels.Count > 0 ? _levels[^1].Item : parent;
        var isFirst = gapStart == start;
        if (!isFirst && container.Children[^1] is ListBranch last && last.IsNumbered == IsNumbered(mark))
        {
            AddGap(last, gapStart, line);
            return Push(last, mark, start, indent);
        }

        if (!isFirst)
            AddGap(container, gapStart, line);
        var list = new ListBranch(start, IsNumbered(mark));
        container.Add(list);
        return Push(list, mark, start, indent);
    }

    private ItemBranch Push(ListBranch list, LineMark mark, int start, int indent)
    {
        var item = Item(list, mark, start);
        _levels.Add((indent, item));
        return item;
    }

    private ItemBranch Item(ListBranch list, LineMark mark, int start)
    {
        var item = new ItemBranch(start, source.Slice(mark.Start, mark.SignEnd));
        list.Add(item);
        item.Add(new MarkLeaf(start, mark.WordsStart));
        return item;
    }

    // The line break between two items, and the mark of the quote that they are in.
    private void AddGap(TextBranch parent, int lineBreak, int line)
    {
        parent.Add(new MarkLeaf(lineBreak, lines.StartOf(line)));
        if (lines.StartOf(line) < lines.ContentOf(line))
            parent.Add(new MarkLeaf(lines.StartOf(line), lines.ContentOf(line)));
    }

    // What stands behind an item's mark: words, or a title, or a quote of this line. Where they end.
    private int Words(ItemBranch item, int start, int end, int regionEnd, bool isQuote)
    {
        var mark = LineMark.Read(source, start, end);
        if (mark.Kind is LineKind.Heading or LineKind.Small)
        {
            AddTitle(item, mark, start, end);
            return end;
        }

        if (LineMark.EscapedSign(source, start, end, isQuote) is >= 0 and var sign)
            source.Flags[sign] |= SignFlags.Live;
        if (!isQuote && LineMark.QuoteWords(source, start, end) is > 0 and var words)
        {
            var quote = new QuoteBranch(start);
            item.Add(quote);
            quote.Add(new MarkLeaf(start, words));
            var paragraph = new ParagraphBranch(words);
            quote.Add(paragraph);
            walk.Line(words, end, end);
            stretches.Add(new Stretch(paragraph, 0, words, end));
            return end;
        }

        var wordsEnd = walk.Line(start, end, regionEnd);
        stretches.Add(new Stretch(item, 1, start, wordsEnd));
        return wordsEnd;
    }

    private bool IsNumbered(LineMark mark) => char.IsAsciiDigit(source.Text[mark.Start]);
}
