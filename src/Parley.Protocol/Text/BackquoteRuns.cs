namespace Parley.Protocol.Text;

/// <summary>
/// All runs of back quotes, and for each the next one that could close it. Who asks goes forward through the text, so that each list is walked once however
/// often it is asked.
/// </summary>
internal sealed class BackquoteRuns
{
    /// <summary>From so many on it is a fence.</summary>
    internal const int Fence = 3;

    private readonly TextSource _source;
    private readonly List<(int Start, int Length)> _runs = [];
    private readonly Dictionary<int, Walk> _byLength = [];
    private readonly Walk _fences = new();
    private int _next;

    internal BackquoteRuns(TextSource source)
    {
        _source = source;
        for (var i = source.Text.IndexOf('`', StringComparison.Ordinal); i >= 0; i = i < source.Length ? source.Text.IndexOf('`', i) : -1)
        {
            var length = source.RunLength(i, source.Length);
            _runs.Add((i, length));
            if (!_byLength.TryGetValue(length, out var walk))
                _byLength[length] = walk = new Walk();
            walk.Starts.Add(i);
            if (length >= Fence)
                _fences.Starts.Add(i);
            i += length;
        }
    }

    /// <summary>The first run from a place on (what is left of one that the place is in), before <paramref name="end"/>; null where there is none.</summary>
    internal (int Start, int Length)? From(int at, int end)
    {
        while (_next < _runs.Count && _runs[_next].Start + _runs[_next].Length <= at)
        {
            _source.Steps++;
            _next++;
        }

        if (_next >= _runs.Count || Math.Max(_runs[_next].Start, at) >= end)
            return null;
        var (start, length) = _runs[_next];
        return start >= at ? (start, length) : (at, start + length - at);
    }

    /// <summary>The next run of just this length; negative where there is none before <paramref name="end"/>.</summary>
    internal int Same(int length, int from, int end) => _byLength.TryGetValue(length, out var walk) ? walk.Next(_source, from, end) : -1;

    /// <summary>The next run that a fence may close with; negative where there is none before <paramref name="end"/>.</summary>
    internal int AnyFence(int from, int end) => _fences.Next(_source, from, end);

    private sealed class Walk
    {
        private int _at;

        internal List<int> Starts { get; } = [];

        internal int Next(TextSource source, int from, int end)
        {
            while (_at < Starts.Count && Starts[_at] < from)
            {
                source.Steps++;
                _at++;
            }

            return _at < Starts.Count && Starts[_at] < end ? Starts[_at] : -1;
        }
    }
}
