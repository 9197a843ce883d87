using System.Text.Json.Serialization;
using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary><c>auth_register</c>: creates an account and logs it in. Answered by <see cref="AuthResult"/>.</summary>
/// <param name="Username">The name to be known by (<see cref="Rules.UserNameRule"/>).</param>
/// <param name="Password">A new password (<see cref="Rules.PasswordRule"/>).</param>
/// <param name="Invite">
/// The code that the server's people gave, where the server asks for one (<see cref="Joining"/>); whatever its case, hyphens and spaces.
/// </param>
public sealed record Register(string? Username, string? Password, string? Invite = null) : Command("auth_register");

/// <summary><c>auth_login</c>: logs in by password. Answered by <see cref="AuthResult"/>.</summary>
public sealed record LogIn(string? Username, string? Password) : Command("auth_login");

/// <summary>
/// <c>hello</c>: the first word of a level-2 client. Without a token it is answered by <see cref="Welcome"/>, and the client logs in next; with a good
/// token by <see cref="Ready"/>; with any other by <see cref="ErrorCode.InvalidToken"/>, and the client may log in.
/// </summary>
/// <param name="Token">A session token: 64 lower-case hexadecimal digits.</param>
/// <param name="Client">The client's name and version, for the server's operator; at most 64 characters are looked at.</param>
public sealed record Hello(string? Token, string? Client) : Command("hello");

/// <summary>
/// <c>logout</c> (level 2): ends the session, its token and all of its connections. Answered by <see cref="Done"/>, then <see cref="Closing"/>.
/// </summary>
public sealed record LogOut() : Command("logout");

/// <summary>
/// <c>password_change</c> (level 2): sets another password. Answered by <see cref="AuthResult"/>; on success with the token of a new session, which this
/// connection belongs to from now on. All former sessions of the user are ended, this connection's own too.
/// </summary>
public sealed record ChangePassword(string? OldPassword, string? NewPassword) : Command("password_change");

/// <summary><c>session_list</c> (level 2): the user's sessions. Answered by <see cref="SessionList"/>.</summary>
public sealed record ListSessions() : Command("session_list");

/// <summary><c>session_end</c> (level 2): ends one of the user's sessions, its token and all of its connections. Answered by <see cref="Done"/>.</summary>
/// <param name="SessionId">Which one; this connection's own is ended as by <see cref="LogOut"/>.</param>
public sealed record EndSession(SessionId? SessionId) : Command("session_end");

/// <summary><c>session_end_others</c> (level 2): ends all of the user's sessions but this connection's. Answered by <see cref="Done"/>.</summary>
public sealed record EndOtherSessions() : Command("session_end_others");

/// <summary><c>session_list</c>: the user's sessions, that of the connection that asks first, then the last used.</summary>
public sealed record SessionList(IReadOnlyList<SessionState> Sessions) : ServerMessage("session_list");

/// <summary>A login of the user's, on some device.</summary>
/// <param name="Id">The session. It is no secret and opens nothing.</param>
/// <param name="Client">The client's name and version, as it said them last in <see cref="Hello"/>; empty where it never did.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="LastUsedAt">When it was last used, to the hour; now where it has a connection.</param>
/// <param name="Connected">Whether it has a connection.</param>
/// <param name="Current">Whether it is the session of the connection that asks.</param>
public sealed record SessionState(SessionId Id, string Client, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, bool Connected, bool Current);

/// <summary><c>auth_result</c>: whether a registration, a login or a change of password succeeded.</summary>
/// <param name="Success">Whether it did.</param>
/// <param name="Token">On success the session's token: 64 lower-case hexadecimal digits.</param>
/// <param name="Username">On success the name as it was registered.</param>
/// <param name="Error">Otherwise what to tell the person.</param>
/// <param name="Code">Level 2: one of <see cref="AuthRefusal"/> where a client can do more than to tell it; absent for all other refusals.</param>
/// <param name="OneTime">
/// Level 2: true where the login was made by a one-time password: it opens no second time, so the person has to choose one of their own.
/// </param>
public sealed record AuthResult(
    bool Success,
    string? Token,
    string? Username,
    string? Error,
    string? Code = null,
    bool? OneTime = null)
    : ServerMessage("auth_result");

/// <summary>The codes of a refused <see cref="AuthResult"/>.</summary>
public static class AuthRefusal
{
    /// <summary>Whoever registers here needs a code, and this was none, or one that is used up, expired or revoked.</summary>
    public const string InviteRequired = "invite_required";

    /// <summary>Nobody can register here.</summary>
    public const string Closed = "closed";

    /// <summary>The account is banned.</summary>
    public const string Banned = "banned";
}

/// <summary>Who may make an account on a server.</summary>
public static class Joining
{
    /// <summary>Everybody.</summary>
    public const string Open = "open";

    /// <summary>Whoever has a code.</summary>
    public const string Invite = "invite";

    /// <summary>Nobody.</summary>
    public const string Closed = "closed";
}

/// <summary><c>welcome</c>: the answer to a <see cref="Hello"/> without a token.</summary>
/// <param name="Level">The protocol level that the connection speaks from now on: 2.</param>
/// <param name="Server">The program's name and version.</param>
/// <param name="Name">What the server is called (<see cref="Rules.ServerNameRule"/>); absent where it has no name.</param>
/// <param name="Joining">One of <see cref="Features.Joining"/>; absent for <see cref="Features.Joining.Open"/>.</param>
public sealed record Welcome(int Level, string Server, string? Name = null, string? Joining = null) : ServerMessage("welcome");

/// <summary><c>server_changed</c> (level 2): what <see cref="Ready"/> said of the server is another now; to everyone.</summary>
/// <param name="Name">As in <see cref="Ready"/>.</param>
/// <param name="OwnerId">As in <see cref="Ready"/>.</param>
public sealed record ServerChanged(string? Name, UserId? OwnerId) : ServerMessage("server_changed");

/// <summary>
/// <c>ready</c>: all that a client needs to draw its first screen, at most 256 KiB of it. It is the answer to a <see cref="Hello"/> with a good token and
/// follows an
/// <see cref="AuthResult"/> of a level-2 connection. What changes after it comes as events, each once and without a gap.
/// </summary>
/// <param name="Epoch">
/// The identity of the server's data. Where it differs from the one that a client knows, the client's numbers mean nothing: load afresh.
/// </param>
/// <param name="Server">The server's name and version.</param>
/// <param name="User">Who is logged in.</param>
/// <param name="Channels">The channels, by name.</param>
/// <param name="Conversations">The user's latest direct conversations, the latest first.</param>
/// <param name="Members">People of this server: those who are here, then those who are away, each by name; the user is always among them.</param>
/// <param name="More">What did not fit; absent where everything did.</param>
/// <param name="Name">What the server is called (<see cref="Rules.ServerNameRule"/>); absent where it has no name.</param>
/// <param name="OwnerId">The account of the server's owner; absent where it has none.</param>
public sealed record Ready(
    string Epoch,
    string Server,
    SelfState User,
    IReadOnlyList<ChannelState> Channels,
    IReadOnlyList<ConversationState> Conversations,
    [property: JsonPropertyOrder(1)] IReadOnlyList<MemberState> Members, // Last, so that a server can write it anew for each without the rest.
    ReadyMore? More = null,
    string? Name = null,
    UserId? OwnerId = null)
    : ServerMessage("ready");

/// <summary>Where the lists of <see cref="Ready"/> go on: a cursor for the request of that list, absent where the list is whole.</summary>
/// <param name="Channels">For <see cref="ListChannels"/>.</param>
/// <param name="Conversations">For <see cref="ListConversations"/>; its pages tell the ones in <see cref="Ready"/> once more.</param>
/// <param name="Members">For <see cref="ListMembers"/>.</param>
public sealed record ReadyMore(string? Channels, string? Conversations, string? Members);

/// <summary>How much a page of a list may hold.</summary>
public static class ListPage
{
    /// <summary>Where the request does not say.</summary>
    public const int DefaultLimit = 100;

    /// <summary>The most: with the longest names and texts still 256 KiB.</summary>
    public const int MaxLimit = 250;
}

/// <summary>The user of this connection.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
public sealed record SelfState(UserId Id, string Username);
