namespace Parley.Protocol.Wire;

/// <summary>The stable codes of <see cref="Features.ErrorMessage"/> (docs/protocol.md, "Errors").</summary>
public static class ErrorCode
{
    /// <summary>The message's shape or one of its fields breaks a rule. Not retryable as it stands.</summary>
    public const string Invalid = "invalid";

    /// <summary>The connection has not logged in.</summary>
    public const string NotAuthenticated = "not_authenticated";

    /// <summary>There is no such message type, or not here.</summary>
    public const string Unknown = "unknown";

    /// <summary>A channel of that name exists.</summary>
    public const string Exists = "exists";

    /// <summary>No such channel, conversation or user, or none that the asker may see.</summary>
    public const string NotFound = "not_found";

    /// <summary>Level 1: the connection has no current channel.</summary>
    public const string NoChannel = "no_channel";

    /// <summary>Too many messages in a second. Retryable.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>Level 2: the session token is unknown, expired or logged out: ask for the password.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The server cannot do it now. Retryable.</summary>
    public const string Busy = "busy";

    /// <summary>A fault of the server's own; its log has the details. Retryable.</summary>
    public const string Internal = "internal";

    /// <summary>Level 2: it may be seen, and not be done by this user.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>Level 2: somebody else changed it since; <see cref="Features.ErrorMessage.Event"/> is what it is now.</summary>
    public const string Conflict = "conflict";

    /// <summary>Level 2: it was deleted.</summary>
    public const string Gone = "gone";
}
