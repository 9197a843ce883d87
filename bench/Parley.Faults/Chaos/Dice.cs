namespace Parley.Faults.Chaos;

/// <summary>Seeded chance. The seed fixes what is thrown and in which order; when it strikes is the machine's own affair.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _gate = new();

    public int Next(int below)
    {
        lock (_gate)
            return _random.Next(below);
    }

    public bool Chance(double probability)
    {
        lock (_gate)
            return _random.NextDouble() < probability;
    }

    public TimeSpan Between(int fromMilliseconds, int toMilliseconds) => TimeSpan.FromMilliseconds(fromMilliseconds + Next(toMilliseconds - fromMilliseconds));

    /// <summary>Dice of their own for somebody, from the same seed.</summary>
    public Dice Fork() => new(Next(int.MaxValue));
}
