using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Commands;

/// <summary>How things are, and whether that counts an event already.</summary>
internal readonly record struct HeldReply(ServerMessage Reply, Func<ServerEvent, bool> IsIncluded);
