namespace Parley.Server.Admin;

/// <summary>A channel in <c>channels.list</c>.</summary>
internal sealed record AdminChannel(long Id, string Name, string Description, long LastNumber, string? CreatedBy, DateTimeOffset? HiddenAt);
