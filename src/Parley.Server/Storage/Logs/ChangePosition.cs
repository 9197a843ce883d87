using Parley.Protocol.Wire;

namespace Parley.Server.Storage.Logs;

/// <summary>Where a change stands in its channel's log.</summary>
internal sealed record ChangePosition(ChannelId Channel, long Number);
