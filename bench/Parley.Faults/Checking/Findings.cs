namespace Parley.Faults.Checking;

/// <summary>Broken promises: how many of each kind, and the first few in words.</summary>
internal sealed class Findings
{
    private const int MostWords = 30;
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public List<string> Words { get; } = [];

    public IReadOnlyDictionary<string, int> Counts => _counts;

    public bool IsEmpty => _counts.Values.All(c => c == 0);

    /// <summary>Names a kind that is looked for, so that the verdict says 0 where there is none.</summary>
    public void LookFor(params string[] kinds)
    {
        foreach (var kind in kinds)
            _counts.TryAdd(kind, 0);
    }

    public void Add(string kind, string words)
    {
        _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
        if (Words.Count < MostWords)
            Words.Add($"{kind}: {words}");
    }
}
