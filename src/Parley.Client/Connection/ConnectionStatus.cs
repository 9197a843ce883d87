namespace Parley.Client.Connection;

/// <summary>How the client stands with its server; what the connection banner shows.</summary>
public abstract record ConnectionStatus
{
    private ConnectionStatus()
    {
    }

    /// <summary>Not connected, and not trying: nobody asked yet, the person disconnected or logged out, or the server said not to come back.</summary>
    /// <param name="Reason">Why, for the program.</param>
    /// <param name="Message">Why, in words for the person; null where there is nothing to say.</param>
    public sealed record Offline(OfflineReason Reason, string? Message = null) : ConnectionStatus;

    /// <summary>A connection is being made.</summary>
    public sealed record Connecting : ConnectionStatus;

    /// <summary>Logged in; what comes is live.</summary>
    /// <param name="Server">The server's name and version.</param>
    public sealed record Connected(string Server) : ConnectionStatus;

    /// <summary>The connection was lost or could not be made, and the next try is due by itself.</summary>
    /// <param name="NextTryAt">When; count down to it by the client's <see cref="TimeProvider"/>.</param>
    /// <param name="Message">What happened, in words for the person.</param>
    public sealed record Reconnecting(DateTimeOffset NextTryAt, string Message) : ConnectionStatus
    {
        /// <summary>Whether what answers shows another certificate than it should: a network's login page, or somebody else. It was sent nothing.</summary>
        public bool IsOfCertificate { get; init; }
    }
}

/// <summary>Why a client is offline and does not try to come back.</summary>
public enum OfflineReason
{
    /// <summary>Nobody asked it to connect yet.</summary>
    NotStarted,

    /// <summary>It was disconnected here, or the login given up, by whoever uses the client; a session that there was is still good.</summary>
    Disconnected,

    /// <summary>The person logged out, here or elsewhere, or the session ran out: ask for the password.</summary>
    LoggedOut,

    /// <summary>
    /// At a login, the server showed a certificate that is not the one that was pinned, or, where none was, one that cannot be verified. Do not go on without
    /// asking the person.
    /// </summary>
    CertificateChanged,

    /// <summary>The server closed the connection and said not to come back.</summary>
    ClosedByServer,

    /// <summary>A login was refused or did not reach the server, or this program has a fault; the message says which.</summary>
    Failed,
}
