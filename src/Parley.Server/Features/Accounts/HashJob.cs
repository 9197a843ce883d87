using System.Diagnostics;

namespace Parley.Server.Features.Accounts;

/// <summary>A password to be looked at.</summary>
/// <param name="Priority">Whose.</param>
/// <param name="Work">Hashes; does not throw.</param>
/// <param name="Refuse">Answers that there is no space.</param>
/// <param name="NobodyWaits">Cancelled when the asker is gone: then the job is skipped.</param>
internal sealed record HashJob(HashPriority Priority, Action Work, Action Refuse, CancellationToken NobodyWaits)
{
    public long At { get; } = Stopwatch.GetTimestamp();
}
