using Parley.Server.Commands;
using Parley.Server.Limits;

namespace Parley.Server.Connections;

/// <summary>What a door is made of.</summary>
/// <param name="Core">Where it reads, and writes what belongs to its dialect.</param>
/// <param name="Features">All that features can be asked for.</param>
/// <param name="Pipeline">Where requests go.</param>
/// <param name="LongFrames">The memory of long requests.</param>
/// <param name="Limits">What a peer may send.</param>
/// <param name="ServerName">What the server is called; null where it has no name.</param>
internal sealed record DoorParts(
    ServerCore Core, CommandTable Features, CommandPipeline Pipeline, LongFrames LongFrames, ServerLimits Limits, string? ServerName);
