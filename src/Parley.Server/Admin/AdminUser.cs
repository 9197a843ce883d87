namespace Parley.Server.Admin;

/// <summary>An account in <c>users.list</c>.</summary>
internal sealed record AdminUser(long Id, string Username, DateTimeOffset? CreatedAt, bool Owner, DateTimeOffset? BannedAt, string? BanReason);
