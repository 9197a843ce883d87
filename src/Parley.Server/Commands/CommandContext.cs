using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Commands;

/// <summary>What a handler may know beside its command.</summary>
/// <param name="Actor">Who asks.</param>
/// <param name="At">When the command arrived, in microseconds after the Unix epoch.</param>
/// <param name="Db">The transaction: of the write queue for one that writes, a consistent state for one that reads.</param>
internal sealed record CommandContext(Identity Actor, long At, DatabaseConnection Db);
