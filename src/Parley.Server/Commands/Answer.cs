using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>An answer to a request.</summary>
/// <param name="Command">The command that is answered; null where its door needs no command to put the answer into words.</param>
/// <param name="Ref">The request id; null for none.</param>
/// <param name="Outcome">What came of it.</param>
internal readonly record struct Answer(Command? Command, RequestRef? Ref, Outcome Outcome);
