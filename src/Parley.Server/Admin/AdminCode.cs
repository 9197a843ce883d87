namespace Parley.Server.Admin;

/// <summary>A code to register with.</summary>
internal sealed record AdminCode(string Code, int Uses, int Used, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
