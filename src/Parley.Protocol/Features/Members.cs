using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary><c>user_list</c>: who is in a channel (default: the current one). Answered by <see cref="UserList"/>.</summary>
public sealed record ListUsers(string? Channel) : Command("user_list");

/// <summary>Whether somebody is here.</summary>
public static class MemberStatus
{
    /// <summary>At least one connection.</summary>
    public const string Online = "online";

    /// <summary>No connection.</summary>
    public const string Offline = "offline";
}

/// <summary>Somebody in a level-1 list.</summary>
public sealed record UserEntry(string Username, string Status);

/// <summary><c>user_list</c>: who is in a channel, by name in code-point order.</summary>
public sealed record UserList(string Channel, IReadOnlyList<UserEntry> Users) : ServerMessage("user_list");

/// <summary><c>status_change</c> (level 1): somebody came or went; to everyone else.</summary>
public sealed record StatusChanged(string Username, string Status) : ServerMessage("status_change");

/// <summary>A person of this server.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
/// <param name="Status">One of <see cref="MemberStatus"/>.</param>
public sealed record MemberState(UserId Id, string Username, string Status);

/// <summary><c>presence</c> (level 2): people whose status changed, new people included; at most one a second.</summary>
/// <param name="Members">What they are now. To be put over what was known.</param>
public sealed record PresenceChanged(IReadOnlyList<MemberState> Members) : ServerMessage("presence");
