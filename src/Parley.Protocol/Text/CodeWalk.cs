namespace Parley.Protocol.Text;

/// <summary>
/// Walks over the text of a block, takes down the code in it, and says where the block ends: at the end of its line, or of its paragraph, or behind the
/// last line of a fence that opened in it.
/// </summary>
internal sealed class CodeWalk(TextSource source, LineTable lines, BackquoteRuns runs)
{
    private int _spanLimit = -1; // Where the paragraph of code spans ends that was looked for last.
    private bool _isPhantom; // An escaped back quote stands before, so that its escaped partner is one, too.

    /// <summary>Walks over one line. Fences may go on to <paramref name="fenceEnd"/>.</summary>
    internal int Line(int from, int lineEnd, int fenceEnd)
    {
        _isPhantom = false;
        var (at, end) = (from, lineEnd);
        while (runs.From(at, end) is { } run)
        {
            at = Take(run, from, end, fenceEnd);
            if (at > end)
                end = Math.Min(lines.EndOf(lines.LineAt(at - 1)), fenceEnd);
        }

        return end;
    }

    /// <summary>Walks over lines of text to the first line that has a mark; the line where the next block starts.</summary>
    internal int Paragraph(int line, int endLine, int end, bool isQuote)
    {
        _isPhantom = false;
        _spanLimit = -1;
        for (var at = lines.ContentOf(line); ;)
        {
            var lineEnd = lines.EndOf(line);
            while (runs.From(at, lineEnd) is { } run)
            {
                at = Take(run, lines.ContentOf(line), SpanLimit(line, endLine, run.Start, end, isQuote), end);
                if (at <= lineEnd)
                    continue;
                line = lines.LineAt(at - 1);
                lineEnd = lines.EndOf(line);
            }

            line++;
            if (line >= endLine || IsMarked(line, isQuote))
                return line;
            at = lines.ContentOf(line);
            if (lines.IsBlank(line))
                _isPhantom = false;
        }
    }

    /// <summary>Whether a line starts a block of its own.</summary>
    internal bool IsMarked(int line, bool isQuote) =>
        (!isQuote && lines.QuoteAt(line) != QuoteForm.None) || LineMark.Read(source, lines.ContentOf(line), lines.EndOf(line)).Kind != LineKind.Text;

    private int SpanLimit(int line, int endLine, int at, int end, bool isQuote)
    {
        if (at < _spanLimit)
            return _spanLimit;
        do
            line++;
        while (line < endLine && !lines.IsBlank(line) && !IsMarked(line, isQuote));
        return _spanLimit = line < endLine ? lines.StartOf(line) : end;
    }

    private int Take((int Start, int Length) run, int from, int spanEnd, int fenceEnd)
    {
        var backslashes = run.Start - source.BeforeBackslashes(run.Start, from);
        var found = run.Length >= BackquoteRuns.Fence ? Fence(run, fenceEnd) ?? Span(run, spanEnd) : Span(run, spanEnd);
        if (backslashes > 0 && (found is not null || _isPhantom))
            source.Flags[run.Start] |= SignFlags.Live;
        if (backslashes % 2 == 1)
        {
            _isPhantom |= found is not null;
            return run.Start + 1;
        }

        if (found is not { } code)
            return run.Start + run.Length;
        source.Code.Add(code);
        return code.End;
    }

    private CodeRange? Span((int Start, int Length) run, int end)
    {
        var inner = run.Start + run.Length;
        var close = runs.Same(run.Length, inner, end);
        if (close < 0 || !HasInk(inner, close))
            return null;
        // A space keeps a back quote of the code from those around it.
        var (start, stop) = (inner, close);
        if (source.Text[start] == ' ' && source.Text[source.SkipSpaces(start, stop)] == '`')
            start++;
        if (source.Text[stop - 1] == ' ' && IsBackquoteBefore(stop - 1, start))
            stop--;
        return new CodeRange(run.Start, start, stop, close + run.Length, false, null);
    }

    private bool IsBackquoteBefore(int at, int from)
    {
        while (at > from && source.Text[at - 1] == ' ')
        {
            source.Steps++;
            at--;
        }

        return at > from && source.Text[at - 1] == '`';
    }

    // A longer fence holds shorter ones where it is closed by its like; else its first three back quotes are one, as Discord has it.
    private CodeRange? Fence((int Start, int Length) run, int end)
    {
        var width = run.Length;
        var close = width > BackquoteRuns.Fence ? runs.Same(width, run.Start + width, end) : -1;
        if (close < 0)
        {
            close = runs.AnyFence(run.Start + width, end);
            width = BackquoteRuns.Fence;
        }

        if (close < 0)
            return null;
        var start = run.Start + width;
        var language = Language(start, close, out var inner);
        if (language is not null && !HasInk(inner, close))
            (language, inner) = (null, start); // Nothing but a word is code.
        if (!HasInk(inner, close))
            return null;
        // The line break before the closing fence is the fence's.
        var last = lines.LineAt(close);
        var stop = lines.StartOf(last) > inner && !source.HasInk(lines.ContentOf(last), close) ? lines.StartOf(last) - 1 : close;
        return new CodeRange(run.Start, inner, stop, close + width, true, language);
    }

    // What can be seen of a fence in a quote is more than the marks of its lines.
    private bool HasInk(int from, int to)
    {
        for (var line = lines.LineAt(from); line < lines.Count && lines.StartOf(line) < to; line++)
        {
            if (source.HasInk(Math.Max(from, lines.ContentOf(line)), Math.Min(to, lines.EndOf(line))))
                return true;
        }

        return false;
    }

    private string? Language(int start, int end, out int inner)
    {
        inner = start;
        var at = start;
        while (at < end && (char.IsAsciiLetterOrDigit(source.Text[at]) || source.Text[at] is '_' or '+' or '-' or '.' or '#'))
            at++;
        source.Steps += at - start;
        var behind = source.SkipSpaces(at, end);
        if (behind >= end || source.Text[behind] != '\n')
            return null;
        inner = behind + 1;
        return at == start ? null : source.Slice(start, at);
    }
}
