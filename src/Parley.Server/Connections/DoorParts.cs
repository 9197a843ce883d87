using Parley.Server.Commands;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>What a door is made of.</summary>
/// <param name="Database">Where it reads.</param>
/// <param name="WriteQueue">Where it writes what belongs to the dialect.</param>
/// <param name="Features">All that features can be asked for.</param>
/// <param name="Pipeline">Where requests go.</param>
/// <param name="LongFrames">The memory of long requests.</param>
/// <param name="Limits">What a peer may send.</param>
/// <param name="Time">The clock.</param>
/// <param name="ServerName">What the server is called; null where it has no name.</param>
internal sealed record DoorParts(
    Database Database,
    WriteQueue WriteQueue,
    CommandTable Features,
    CommandPipeline Pipeline,
    LongFrames LongFrames,
    ServerLimits Limits,
    TimeProvider Time,
    string? ServerName);
