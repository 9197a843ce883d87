using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>A request as a door took it from its peer, before its fields are read.</summary>
/// <param name="Name">Which command it says that it is; null where it has not the shape of one.</param>
/// <param name="Route">The command's way; null where this door knows none of that name.</param>
/// <param name="Ref">The request id, which the answer repeats; null for none.</param>
/// <param name="Bytes">How long it is.</param>
internal readonly record struct Request(string? Name, Route? Route, RequestRef? Ref, int Bytes);
