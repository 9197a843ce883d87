using System.Diagnostics;

namespace Parley.Server.Features.Accounts;

/// <summary>A password to be looked at.</summary>
/// <param name="Priority">Whose.</param>
/// <param name="Work">What takes so long; does not throw.</param>
/// <param name="Refuse">Answers that there is no space.</param>
/// <param name="NobodyWaits">The one who asked has gone: not worth the time.</param>
internal sealed record HashJob(HashPriority Priority, Action Work, Action Refuse, CancellationToken NobodyWaits)
{
    public long At { get; } = Stopwatch.GetTimestamp();
}
