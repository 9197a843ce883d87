namespace Parley.Protocol.Text;

/// <summary>A stretch of words whose parts are to be found, and where they go.</summary>
/// <param name="Branch">What they are parts of.</param>
/// <param name="Index">Before which of its parts.</param>
/// <param name="Start">The first unit.</param>
/// <param name="End">Behind the last unit.</param>
internal readonly record struct Stretch(TextBranch Branch, int Index, int Start, int End);

/// <summary>
/// The first pass: lines to blocks, and all code. A mark at the head of a line and a fence exclude each other, and whichever opens first wins; so both are
/// found in one walk from the first line to the last.
/// </summary>
internal sealed class BlockPass
{
    private readonly TextSource _source;
    private readonly CodeWalk _walk;
    private readonly ListBuilder _list;

    internal BlockPass(TextSource source)
    {
        _source = source;
        Lines = new LineTable(source);
        _walk = new CodeWalk(source, Lines, new BackquoteRuns(source));
        _list = new ListBuilder(source, Lines, _walk, Stretches);
    }

    internal LineTable Lines { get; }

    /// <summary>The words of all blocks, in order.</summary>
    internal List<Stretch> Stretches { get; } = [];

    internal void Run(MessageBranch message) => Blocks(message, 0, Lines.Count, isQuote: false);

    private void Blocks(TextBranch parent, int line, int endLine, bool isQuote)
    {
        while (line < endLine)
        {
            _source.Steps++;
            AddMark(parent, Lines.StartOf(line), Lines.ContentOf(line));
            var next = Block(parent, line, endLine, isQuote, out var isOpen);
            if (next < endLine && !isOpen)
                AddMark(parent, Lines.EndOf(next - 1), Lines.StartOf(next));
            line = next;
        }
    }

    private int Block(TextBranch parent, int line, int endLine, bool isQuote, out bool isOpen)
    {
        isOpen = false;
        if (!isQuote && Lines.QuoteAt(line) != QuoteForm.None)
            return Quote(parent, line);
        var mark = LineMark.Read(_source, Lines.ContentOf(line), Lines.EndOf(line));
        switch (mark.Kind)
        {
            case LineKind.Item:
                return _list.Build(parent, line, endLine, isQuote);
            case LineKind.Heading or LineKind.Small:
                _list.AddTitle(parent, mark, Lines.ContentOf(line), Lines.EndOf(line));
                return line + 1;
            default:
                return Paragraph(parent, line, endLine, isQuote, out isOpen);
        }
    }

    private int Quote(TextBranch parent, int line)
    {
        var next = Lines.TakeQuote(line);
        var quote = new QuoteBranch(Lines.StartOf(line));
        parent.Add(quote);
        Blocks(quote, line, next, isQuote: true);
        return next;
    }

    // The line break behind its last line is a mark, like that of every block. Behind a blank last line it is not: that line would not be seen.
    private int Paragraph(TextBranch parent, int line, int endLine, bool isQuote, out bool isOpen)
    {
        var start = Lines.ContentOf(line);
        var regionEnd = Lines.EndOf(endLine - 1);
        var next = _walk.Paragraph(line, endLine, regionEnd, isQuote);
        isOpen = next < endLine && Lines.IsBlank(next - 1);
        var end = isOpen ? Lines.StartOf(next) : Lines.EndOf(next - 1);
        for (var i = line; i < next; i++)
        {
            if (LineMark.EscapedSign(_source, Lines.ContentOf(i), Lines.EndOf(i), isQuote) is >= 0 and var sign)
                _source.Flags[sign] |= SignFlags.Live;
        }

        if (start == end)
            return next;
        var paragraph = new ParagraphBranch(start);
        parent.Add(paragraph);
        Stretches.Add(new Stretch(paragraph, 0, start, end));
        return next;
    }

    private static void AddMark(TextBranch parent, int start, int end)
    {
        if (start < end)
            parent.Add(new MarkLeaf(start, end));
    }
}
