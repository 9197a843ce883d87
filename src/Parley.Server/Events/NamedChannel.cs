using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>A channel by its id and the name that it had when it was found.</summary>
internal sealed record NamedChannel(ChannelId Id, string Name);
