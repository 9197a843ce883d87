using Parley.Load.Attacks.Data;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Many people who are online and say nothing, each with an account of their own.</summary>
internal static class Crowd
{
    /// <summary>As many of them as the server lets in within the time.</summary>
    public static Task<List<Attacker>> EnterAsync(
        AttackRun run, int people, TimeSpan most, CancellationToken cancel, Func<int, System.Net.IPAddress>? from = null) =>
        run.EnterAsync(people, i => (Account.FirstOfCrowd + i, (from ?? Loopback.Crowd)(i / Loopback.MostConnections)), most, cancel);
}
