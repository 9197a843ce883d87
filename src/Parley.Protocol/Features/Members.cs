using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary><c>user_list</c>: who is in a channel (default: the current one). Answered by <see cref="UserList"/>.</summary>
public sealed record ListUsers(string? Channel) : Command("user_list");

/// <summary>
/// <c>status_set</c> (level 2): what the user chooses to be shown as, on all connections and after every restart. Answered by <see cref="Done"/>; everyone
/// hears of it by <see cref="PresenceChanged"/>.
/// </summary>
/// <param name="Status"><see cref="MemberStatus.Online"/> or <see cref="MemberStatus.DoNotDisturb"/>.</param>
/// <param name="Text">A line of the user's own (<see cref="Rules.StatusTextRule"/>); absent or empty for none.</param>
public sealed record SetStatus(string? Status, string? Text = null) : Command("status_set");

/// <summary>
/// <c>idle</c> (level 2): nobody has touched the device of this connection for a while, or somebody does again. Answered by <see cref="Done"/>. A new
/// connection is not idle.
/// </summary>
public sealed record SetIdle(bool? Idle) : Command("idle");

/// <summary><c>profile</c> (level 2): more of a person than everybody is told of everybody. Answered by <see cref="MemberProfile"/>.</summary>
/// <param name="Username">Whose, in any case.</param>
public sealed record AskProfile(string? Username) : Command("profile");

/// <summary><c>profile</c>: the answer to <see cref="AskProfile"/>.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
/// <param name="CreatedAt">When that was; absent where nobody knows.</param>
public sealed record MemberProfile(UserId Id, string Username, DateTimeOffset? CreatedAt) : ServerMessage("profile");

/// <summary>
/// <c>member_list</c> (level 2): the people of this server or of a conversation: those who are here, then those who are away, each by name. Answered by
/// <see cref="MemberPage"/>. One of <paramref name="Cursor"/>, <paramref name="From"/> and <paramref name="Query"/> at the most.
/// </summary>
/// <param name="ChannelId">A channel, which everybody is in, or a conversation; absent for everybody.</param>
/// <param name="Cursor">From where on, as an earlier page or <see cref="ReadyMore"/> says; absent for the start.</param>
/// <param name="From">From this place in the order on, 0 for the first; at most <see cref="MaxFromAway"/> behind those who are here.</param>
/// <param name="Limit">The most of a page: 1 to <see cref="ListPage.MaxLimit"/>, <see cref="ListPage.DefaultLimit"/> where absent.</param>
/// <param name="Query">Only people whose names begin so, whatever its case; the first page of them alone.</param>
public sealed record ListMembers(ChannelId? ChannelId = null, string? Cursor = null, long? From = null, int? Limit = null, string? Query = null) : Command("member_list")
{
    /// <summary>To find a place costs a step for each place before it: further on it goes by cursor.</summary>
    public const int MaxFromAway = 10_000;
}

/// <summary><c>member_list</c> (level 2): the answer to <see cref="ListMembers"/>.</summary>
/// <param name="Total">How many there are in all.</param>
/// <param name="Cursor">Where they go on; absent at the end. A page may hold fewer than were asked for, and none, and yet not be the last.</param>
/// <param name="Members">Some of them. Who changes after this is told by <see cref="PresenceChanged"/>.</param>
public sealed record MemberPage(long Total, string? Cursor, IReadOnlyList<MemberState> Members) : ServerMessage("member_list");

/// <summary>Whether somebody is here, and for whom.</summary>
public static class MemberStatus
{
    /// <summary>At least one connection. Level 1 knows no more than this and <see cref="Offline"/>.</summary>
    public const string Online = "online";

    /// <summary>Level 2: at least one connection, and all of them idle.</summary>
    public const string Idle = "idle";

    /// <summary>Level 2: at least one connection, and the user wants no notifications. It goes before <see cref="Idle"/>.</summary>
    public const string DoNotDisturb = "dnd";

    /// <summary>No connection.</summary>
    public const string Offline = "offline";
}

/// <summary>Somebody in a level-1 list.</summary>
public sealed record UserEntry(string Username, string Status);

/// <summary><c>user_list</c>: who is in a channel, the first 5,000 by name in code-point order.</summary>
public sealed record UserList(string Channel, IReadOnlyList<UserEntry> Users) : ServerMessage("user_list");

/// <summary><c>status_change</c> (level 1): somebody came or went; to everyone else.</summary>
public sealed record StatusChanged(string Username, string Status) : ServerMessage("status_change");

/// <summary>A person of this server.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
/// <param name="Status">One of <see cref="MemberStatus"/>.</param>
/// <param name="Text">The user's own line, whether they are here or not; absent where there is none.</param>
public sealed record MemberState(UserId Id, string Username, string Status, string? Text = null);

/// <summary>
/// <c>presence</c> (level 2): people whose status or text changed, new people included; at most one a second. Where very many change, some are told later.
/// </summary>
/// <param name="Members">What they are now. To be put over what was known.</param>
public sealed record PresenceChanged(IReadOnlyList<MemberState> Members) : ServerMessage("presence");
