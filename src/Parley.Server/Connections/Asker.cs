using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>Who asks for a write, and when.</summary>
/// <param name="Session">How they are answered.</param>
/// <param name="Identity">Who.</param>
/// <param name="Ref">The request id; null for none.</param>
/// <param name="At">When the command arrived, in microseconds after the Unix epoch.</param>
internal readonly record struct Asker(DoorSession Session, Identity Identity, RequestRef? Ref, long At);
