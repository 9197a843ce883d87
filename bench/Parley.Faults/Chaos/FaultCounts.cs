namespace Parley.Faults.Chaos;

/// <summary>What was done to the parties.</summary>
internal sealed class FaultCounts
{
    private readonly Dictionary<string, int> _counts = [];
    private readonly Lock _gate = new();

    public void Add(string fault)
    {
        lock (_gate)
            _counts[fault] = _counts.GetValueOrDefault(fault) + 1;
    }

    public int Of(string fault)
    {
        lock (_gate)
            return _counts.GetValueOrDefault(fault);
    }

    public override string ToString()
    {
        lock (_gate)
            return string.Join(", ", _counts.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Value} {c.Key}"));
    }
}
