using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Commands;

/// <summary>What a handler may know beside its command.</summary>
/// <param name="Asker">The connection that asks.</param>
/// <param name="Actor">Who asks.</param>
/// <param name="Ref">The asker's mark, to be borne by the answer.</param>
/// <param name="CurrentRoom">Level 1: the connection's current channel.</param>
/// <param name="At">When the command arrived, in microseconds after the Unix epoch.</param>
/// <param name="Store">The transaction: of the write queue for one that writes, a consistent state for one that reads.</param>
internal sealed record CommandContext(Receiver Asker, Identity Actor, RequestRef? Ref, Room? CurrentRoom, long At, StoreConnection Store);
