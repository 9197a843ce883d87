namespace Parley.Protocol.Text;

/// <summary>How a line could be part of a quote.</summary>
internal enum QuoteForm
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary><c>&gt; words</c>.</summary>
    Line,

    /// <summary><c>&gt;</c> alone, which counts between two others.</summary>
    Empty,

    /// <summary><c>&gt;&gt;&gt; words</c>, to the end.</summary>
    Rest,
}

/// <summary>The lines of a text, and which of them are a quote's. A quote in which nothing can be seen is none.</summary>
internal sealed class LineTable
{
    private readonly TextSource _source;
    private readonly List<Row> _rows = [];

    internal LineTable(TextSource source)
    {
        _source = source;
        var text = source.Text;
        for (var start = 0; start <= text.Length;)
        {
            var end = start < text.Length && text.IndexOf('\n', start) is >= 0 and var at ? at : text.Length;
            _rows.Add(Read(start, end));
            start = end + 1;
        }

        LookAhead();
    }

    internal int Count => _rows.Count;

    internal int StartOf(int line) => _rows[line].Start;

    /// <summary>Where the line's line break stands; the text's length for the last.</summary>
    internal int EndOf(int line) => _rows[line].End;

    /// <summary>Where its text starts: behind the mark of the quote that it was found to be in.</summary>
    internal int ContentOf(int line) => _rows[line].Content;

    internal bool IsBlank(int line) => !_rows[line].HasInk;

    /// <summary>Whether a quote starts with this line, and how.</summary>
    internal QuoteForm QuoteAt(int line) => _rows[line] is { GroupHasInk: true, Form: QuoteForm.Line or QuoteForm.Rest } row ? row.Form : QuoteForm.None;

    /// <summary>The line behind the last one of the quote that starts with this one, which from now on are its lines.</summary>
    internal int TakeQuote(int line)
    {
        if (_rows[line].Form == QuoteForm.Rest)
        {
            SetContent(line);
            return Count;
        }

        var end = line;
        for (var i = line; i < Count && _rows[i].Form is QuoteForm.Line or QuoteForm.Empty; i++)
        {
            _source.Steps++;
            if (_rows[i].Form == QuoteForm.Line)
                end = i + 1;
        }

        for (var i = line; i < end; i++)
            SetContent(i);
        return end;
    }

    /// <summary>The line that a place is in.</summary>
    internal int LineAt(int at)
    {
        var (low, high) = (0, Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_rows[middle].Start <= at)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private void SetContent(int line) => _rows[line] = _rows[line] with { Content = _rows[line].QuoteContent, HasInk = _rows[line].QuoteHasInk };

    private Row Read(int start, int end)
    {
        var hasInk = _source.HasInk(start, end);
        var at = _source.SkipSpaces(start, end);
        if (at >= end || _source.Text[at] != '>')
            return new Row(start, end, start, hasInk, QuoteForm.None, start, false);
        var signs = at + _source.RunLength(at, end);
        var isSpaced = signs < end && _source.Text[signs] == ' ';
        if (signs - at == 1 && isSpaced)
            return new Row(start, end, start, hasInk, QuoteForm.Line, signs + 1, _source.HasInk(signs, end));
        if (signs - at == 1 && signs == end)
            return new Row(start, end, start, hasInk, QuoteForm.Empty, signs, false);
        if (signs - at == 3 && isSpaced)
            return new Row(start, end, start, hasInk, QuoteForm.Rest, signs + 1, _source.HasInk(signs, end));
        return new Row(start, end, start, hasInk, QuoteForm.None, start, false);
    }

    // From the last line to the first: what a line's quote has to show is its own, or that of the next line of the same quote.
    private void LookAhead()
    {
        var (group, rest) = (false, false);
        for (var i = Count - 1; i >= 0; i--)
        {
            _source.Steps++;
            var row = _rows[i];
            group = row.Form switch
            {
                QuoteForm.Line => group || row.QuoteHasInk,
                QuoteForm.Empty => group,
                _ => false,
            };
            _rows[i] = row with { GroupHasInk = row.Form == QuoteForm.Rest ? rest || row.QuoteHasInk : group };
            rest |= row.HasInk;
        }
    }

    private readonly record struct Row(int Start, int End, int Content, bool HasInk, QuoteForm Form, int QuoteContent, bool QuoteHasInk)
    {
        internal bool GroupHasInk { get; init; }
    }
}
