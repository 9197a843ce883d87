using Parley.Protocol.Wire;

namespace Parley.Server.Commands;

/// <summary>A request as a door took it from its peer, before its fields are read.</summary>
/// <param name="Name">The command's name as it was sent; null where the request is not well formed.</param>
/// <param name="Route">The command's route; null where this door has no command of that name.</param>
/// <param name="Ref">The request id, which the answer repeats; null for none.</param>
/// <param name="Bytes">Its length.</param>
internal readonly record struct Request(string? Name, Route? Route, RequestRef? Ref, int Bytes);
