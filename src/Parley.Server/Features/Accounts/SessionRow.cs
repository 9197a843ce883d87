namespace Parley.Server.Features.Accounts;

/// <summary>A session as it is stored, but for its token. Times are microseconds after the Unix epoch.</summary>
internal sealed record SessionRow(long Id, string Client, long CreatedAt, long LastUsedAt);
