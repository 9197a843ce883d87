using System.Buffers;

namespace Parley.Protocol.Text;

/// <summary>
/// The third pass: the words of each block to leaves and emphasis, from left to right, each sign looked at once. What a sign would need to know of those
/// behind it was found before (code, spoilers) or is found for all at once (brackets).
/// </summary>
internal sealed class InlinePass
{
    private static readonly SearchValues<char> Signs = SearchValues.Create("\n\\`*_~|<[:@#hHwW");

    private readonly TextSource _source;
    private readonly LineTable _lines;
    private readonly EmphasisStack _stack;
    private readonly AddressReader _addresses;
    private readonly LinkTable _links;
    private readonly NameReader _names;
    private readonly CodeWriter _codeWriter;
    private readonly Escapes _escapes;
    private readonly Func<int, bool> _closes;

    private List<TextNode> _nodes = [];
    private int _at;
    private int _end;
    private int _wordsStart;
    private int _line;
    private int _code;
    private int _lastDouble;
    private int _lastDoubleLine;
    private bool _isInLink;

    internal InlinePass(TextSource source, LineTable lines)
    {
        (_source, _lines) = (source, lines);
        _stack = new EmphasisStack(source);
        _addresses = new AddressReader(source);
        _links = new LinkTable(source, _addresses);
        _names = new NameReader(source);
        _codeWriter = new CodeWriter(source, lines);
        _escapes = new Escapes(source, _stack, _addresses, _links, _names);
        _closes = at => _stack.Closes(DelimiterRun.Read(_source, at, LineStart, _end), lastDouble: -1);
    }

    private int LineStart => _lines.ContentOf(_line);

    internal void Run(Stretch stretch)
    {
        (_at, _wordsStart, _end, _nodes) = (stretch.Start, stretch.Start, stretch.End, []);
        _line = _lines.LineAt(stretch.Start);
        _stack.ClearAll();
        _lastDoubleLine = -1;
        while (_code < _source.Code.Count && _source.Code[_code].Start < _at)
            _code++;
        Walk();
        stretch.Branch.Insert(stretch.Index, _nodes);
    }

    private void Walk()
    {
        while (_source.Text.AsSpan(_at, _end - _at).IndexOfAny(Signs) is >= 0 and var sign)
        {
            _source.Steps++;
            _at += sign;
            Sign();
        }

        Flush(_end);
    }

    private void Sign()
    {
        switch (_source.Text[_at])
        {
            case '\n':
                NewLine();
                break;
            case '\\':
                Backslashes();
                break;
            case '`' when _code < _source.Code.Count && _source.Code[_code].Start == _at:
                Code();
                break;
            case '*' or '_' or '~':
                Delimiter();
                break;
            case '|' when _source.Flags[_at].HasFlag(SignFlags.SpoilerMark):
                Take(new MarkLeaf(_at, _at + SpoilerPass.Width));
                break;
            case '<':
                Angle();
                break;
            case '[' when !_isInLink && _links.At(_at) is { } link && link.End <= _end:
                Link(link);
                break;
            case ':':
                Colon();
                break;
            case '@':
                TakeTo(_names.User(_at, LineStart, _end, _closes), (start, end) => new NameLeaf(start, end));
                break;
            case '#':
                TakeTo(_names.Channel(_at, LineStart, _end), (start, end) => new ChannelLeaf(start, end));
                break;
            case 'h' or 'H' or 'w' or 'W':
                Address();
                break;
            default:
                _at++;
                break;
        }
    }

    private void Flush(int end)
    {
        if (_wordsStart < end)
            _nodes.Add(new WordsLeaf(_wordsStart, end));
        _wordsStart = end;
    }

    private void Take(TextNode node)
    {
        Flush(_at);
        _nodes.Add(node);
        _at = _wordsStart = node.End;
    }

    // Behind 0 there is nothing: the sign is one of the words.
    private void TakeTo(int end, Func<int, int, TextNode> leaf)
    {
        if (end == 0)
            _at++;
        else
            Take(leaf(_at, end));
    }

    private void NewLine()
    {
        _at++;
        _stack.Clear();
        _line++;
        if (_line >= _lines.Count || LineStart <= _at || LineStart > _end)
            return;
        Flush(_at);
        Take(new MarkLeaf(_at, LineStart));
    }

    // A backslash is one where the sign behind it is live; two are one that is shown then.
    private void Backslashes()
    {
        var start = _at;
        var sign = start + _source.RunLength(start, _end);
        if (sign >= _end || !_escapes.IsLive(sign, LineStart, _end))
        {
            _at = sign;
            return;
        }

        Flush(start);
        for (; _at + 1 < sign; _at += 2)
        {
            _nodes.Add(new MarkLeaf(_at, _at + 1));
            _nodes.Add(new WordsLeaf(_at + 1, _at + 2));
        }

        _wordsStart = _at;
        if (_at == sign)
            return;
        Take(new MarkLeaf(_at, sign));
        _at = sign + 1;
    }

    private void Code()
    {
        Flush(_at);
        var code = _source.Code[_code++];
        var start = code.Start;
        var end = code.End;
        if (code.IsBlock)
        {
            // The line breaks around a block are not shown: it has lines of its own.
            if (_nodes is [.., WordsLeaf words] && _source.Text[words.End - 1] == '\n')
            {
                _nodes.RemoveAt(_nodes.Count - 1);
                if (words.Start < words.End - 1)
                    _nodes.Add(new WordsLeaf(words.Start, words.End - 1));
                _nodes.Add(new MarkLeaf(words.End - 1, words.End));
            }

            if (_source.Text.AsSpan(start, end - start).Contains('\n'))
                _stack.ClearAll();
        }

        _nodes.Add(_codeWriter.Write(code));
        _at = _wordsStart = end;
        _line = _lines.LineAt(end - 1);
        if (code.IsBlock && _at < _end && _source.Text[_at] == '\n')
        {
            _nodes.Add(new MarkLeaf(_at, _at + 1));
            _wordsStart = _at + 1;
            NewLine();
        }
    }

    private void Delimiter()
    {
        var run = DelimiterRun.Read(_source, _at, LineStart, _end);
        var lastDouble = run is { Sign: '*', Length: 1, CanClose: true } ? LastDouble() : -1;
        if (!run.CanOpen && !_stack.Closes(run, lastDouble))
        {
            _at = run.End;
            return;
        }

        Flush(_at);
        var used = _stack.Close(run, _nodes, lastDouble);
        _at = _wordsStart = run.Start + used;
        if (run.CanOpen && used < run.Length)
        {
            Take(new WordsLeaf(_at, run.End));
            _stack.Open(run.Sign, run.Length - used, run.End, _nodes);
        }

        _at = run.End;
    }

    // Where the last "**" starts in this line, found once a line; negative where there is none.
    private int LastDouble()
    {
        if (_lastDoubleLine == _line)
            return _lastDouble;
        _lastDoubleLine = _line;
        var line = _source.Text.AsSpan(LineStart, Math.Max(0, Math.Min(_end, _lines.EndOf(_line)) - LineStart));
        _source.Steps += line.Length;
        return _lastDouble = line.LastIndexOf("**") is >= 0 and var at ? LineStart + at : -1;
    }

    private void Angle()
    {
        if (_names.Time(_at, _end) is { } time)
        {
            Take(time);
            return;
        }

        if (!_isInLink && _escapes.AngleEnd(_at, _end) is > 0 and var close)
        {
            Take(new MarkLeaf(_at, _at + 1));
            Take(new AddressLeaf(_at, close));
            Take(new MarkLeaf(close, close + 1));
            return;
        }

        _at++;
    }

    // No link is in a link's words, and what is around them cannot end in them.
    private void Link(WordedLink link)
    {
        Flush(_at);
        var (outer, end, line) = (_nodes, _end, _line);
        var floor = _stack.Enter();
        _nodes = [new MarkLeaf(_at, _at + 1)];
        (_at, _end, _isInLink) = (_at + 1, link.WordsEnd, true);
        _wordsStart = _at;
        Walk();
        _nodes.Add(new MarkLeaf(link.WordsEnd, link.End));
        outer.Add(new LinkBranch(_nodes, _source.Slice(link.AddressStart, link.AddressEnd)));
        (_nodes, _at, _end, _isInLink, _wordsStart) = (outer, link.End, end, false, link.End);
        if (_line == line)
            _stack.Leave(floor);
        else
            _stack.ClearAll();
    }

    // Another scheme's address is a word in which nothing is, and so is what begins with "www.".
    private void Colon()
    {
        if (_at > LineStart && _at + 2 < _end && _source.Text.AsSpan(_at).StartsWith("://") && char.IsAsciiLetterOrDigit(_source.Text[_at - 1]))
            _at = _addresses.Word(_at, _at + 3, _end, _closes);
        else
            TakeTo(_names.Emoji(_at, LineStart, _end), (start, end) => new EmojiLeaf(start, end));
    }

    private void Address()
    {
        var text = _source.Text.AsSpan(_at, _end - _at);
        var isFree = _at <= LineStart || !char.IsAsciiLetterOrDigit(_source.Text[_at - 1]);
        if (isFree && AddressReader.Scheme(text) is > 0 and var scheme)
        {
            var (kind, end) = _addresses.Bare(_at, _at + scheme, _end, _closes);
            if (kind == AddressKind.Link && !_isInLink)
                Take(new AddressLeaf(_at, end));
            else
                _at = kind == AddressKind.None ? _at + 1 : end;
        }
        else if (isFree && text.Length > 4 && text.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && char.IsLetterOrDigit(text[4]))
        {
            _at = _addresses.Word(_at, _at + 4, _end, _closes);
        }
        else
        {
            _at++;
        }
    }
}
