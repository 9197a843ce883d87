using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Who is behind a connection.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
/// <param name="SessionId">The login.</param>
internal sealed record Identity(UserId Id, string Username, long SessionId);
