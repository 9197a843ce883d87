namespace Parley.Server.Features.Invites;

/// <summary>A code to register with. Times are microseconds after the Unix epoch.</summary>
internal sealed record InviteRow(string Code, int Uses, int Used, long CreatedAt, long? ExpiresAt);
