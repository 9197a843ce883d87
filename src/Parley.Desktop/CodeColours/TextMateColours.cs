using Parley.UI.Features.Messages.Text;
using TextMateSharp.Grammars;

namespace Parley.Desktop.CodeColours;

/// <summary>
/// Colours by the grammars of TextMate: finds out what is what in a piece of code, one piece at a time and away from whoever draws. Grammars are large (10 to
/// 30 MB each, while they are held) and some slow to load, so they come when they are first needed, there are few of them at once, and they go when nobody
/// needed one for a while.
/// </summary>
internal sealed class TextMateColours : ICodeColours, IDisposable
{
    // Beyond these it stays as it is: plain, and read at once.
    private const int LongestCode = 8_000;
    private static readonly TimeSpan MostForALine = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan MostForAll = TimeSpan.FromSeconds(1);

    private const int MostGrammars = 4;
    private const int MostKept = 200;
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<(string Code, string Language), IReadOnlyList<CodePart>> _kept = [];
    private readonly TimeProvider _time;
    private readonly ITimer _idle;
    private GrammarShelf? _shelf;

    public TextMateColours(TimeProvider time)
    {
        _time = time;
        _idle = _time.CreateTimer(_ => PutAwayAsync().ReportFault(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public IReadOnlyList<CodePart>? Kept(string code, string language)
    {
        lock (_gate)
            return _kept.GetValueOrDefault((code, language));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CodePart>?> HighlightAsync(string code, string language)
    {
        if (code.Length > LongestCode)
            return null;
        await _turn.WaitAsync();
        try
        {
            if (Kept(code, language) is { } known)
                return known;
            var parts = await Task.Run(() => Tokenize(code, language));
            if (parts is not null)
                Keep(code, language, parts);
            return parts;
        }
        finally
        {
            _idle.Change(IdleAfter, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _idle.Dispose();
        _turn.Dispose();
    }

    private List<CodePart>? Tokenize(string code, string language)
    {
        if (_shelf is null || _shelf.Count >= MostGrammars && !_shelf.Has(language))
            _shelf = new GrammarShelf();
        var isFirst = !_shelf.Has(language);
        if (_shelf.Take(language) is not { } grammar)
            return null;
        // The first piece pays for the making of its grammar, and on a busy machine there may be no time left for itself.
        return Tokenize(code, grammar) ?? (isFirst ? Tokenize(code, grammar) : null);
    }

    private List<CodePart>? Tokenize(string code, IGrammar grammar)
    {
        var began = _time.GetTimestamp();
        var parts = new List<CodePart>();
        IStateStack? state = null;
        foreach (var (index, line) in code.Split('\n').Index())
        {
            if (index > 0)
                Add(parts, "\n", null);
            var result = grammar.TokenizeLine(line, state, MostForALine);
            if (_time.GetElapsedTime(began) > MostForAll)
                return null;
            state = result.RuleStack;
            foreach (var token in result.Tokens)
                Add(parts, line[Math.Min(token.StartIndex, line.Length)..Math.Min(token.EndIndex, line.Length)], CodeScope.KindOf(token.Scopes));
        }

        // A grammar that gave up in the middle of a line may have left the rest of it out.
        return parts.Sum(part => part.Text.Length) == code.Length ? parts : null;
    }

    private static void Add(List<CodePart> parts, string text, string? kind)
    {
        if (text.Length == 0)
            return;
        // White space has no colour; it goes on with what stands before it.
        if (parts.Count > 0 && (parts[^1].Kind == kind || string.IsNullOrWhiteSpace(text)))
            parts[^1] = parts[^1] with { Text = parts[^1].Text + text };
        else
            parts.Add(new CodePart(text, kind));
    }

    private void Keep(string code, string language, List<CodePart> parts)
    {
        lock (_gate)
        {
            if (_kept.Count >= MostKept)
                _kept.Clear();
            _kept[(code, language)] = parts;
        }
    }

    private async Task PutAwayAsync()
    {
        await _turn.WaitAsync();
        _shelf = null;
        _turn.Release();
    }
}
