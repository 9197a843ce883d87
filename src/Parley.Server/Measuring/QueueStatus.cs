namespace Parley.Server.Measuring;

/// <summary>What waits in a queue.</summary>
/// <param name="Name">Which.</param>
/// <param name="Depth">How many pieces.</param>
/// <param name="OldestMilliseconds">For how long the oldest of them has.</param>
internal sealed record QueueStatus(string Name, int Depth, double OldestMilliseconds)
{
    public static QueueStatus Of(string name, (int Depth, TimeSpan OldestAge) waiting) =>
        new(name, waiting.Depth, Math.Round(waiting.OldestAge.TotalMilliseconds, 3));
}
