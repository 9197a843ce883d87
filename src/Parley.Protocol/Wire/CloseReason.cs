namespace Parley.Protocol.Wire;

/// <summary>Why the server closes a level-2 connection, in <see cref="Features.Closing"/>.</summary>
public static class CloseReason
{
    /// <summary>The server stops. Come back later.</summary>
    public const string Shutdown = "shutdown";

    /// <summary>More bytes waited for this connection than it may have waiting. Come back now and catch up.</summary>
    public const string SlowConsumer = "slow_consumer";

    /// <summary>The session was ended by <c>logout</c> or by a changed password. Do not come back with its token.</summary>
    public const string LoggedOut = "logged_out";

    /// <summary>The account was banned. Do not come back.</summary>
    public const string Banned = "banned";

    /// <summary>The peer broke the framing: a length above the limit, or bytes that are not UTF-8 JSON.</summary>
    public const string ProtocolViolation = "protocol_violation";

    /// <summary>The peer said nothing for too long before it logged in.</summary>
    public const string Timeout = "timeout";

    /// <summary>A limit on connections or frames was passed. Come back later.</summary>
    public const string Limit = "limit";
}
