using Parley.Protocol.Wire;

namespace Parley.Client.Features.Members;

/// <summary>A person of this server.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
/// <param name="IsOnline">Whether there is a connection of theirs.</param>
public sealed record Member(UserId Id, string Username, bool IsOnline);
