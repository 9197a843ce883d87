using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Commands;

/// <summary>A reply with a snapshot, and whether the snapshot already includes an event.</summary>
internal readonly record struct HeldReply(ServerMessage Reply, Func<ServerEvent, bool> IsIncluded);
