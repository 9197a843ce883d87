using Parley.Server.Events;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>The parts of the server that a connection works with.</summary>
internal sealed record ServerParts(Database Database, WriteQueue WriteQueue, FanOut FanOut, ServerLimits Limits, TimeProvider Time)
{
    /// <summary>Who may come in, and where to.</summary>
    public AdmissionRules Admission { get; init; } = new();
}
