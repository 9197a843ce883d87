namespace Parley.Client.Connection;

/// <summary>How a registration, a login or a return by token went. Each case with <c>Message</c> has words that can be shown as they stand.</summary>
public abstract record LogInResult
{
    private LogInResult()
    {
    }

    /// <summary>Logged in; the store holds the first screen, and the client stays connected by itself from now on.</summary>
    /// <param name="Session">What to keep in order to come back without a password.</param>
    public sealed record LoggedIn(Session Session) : LogInResult
    {
        /// <summary>Whether the password was a one-time one: it opens no second time, so the person has to choose one of their own now.</summary>
        public bool IsOneTime { get; init; }
    }

    /// <summary>The server refused: wrong password, name taken, a name or a password that breaks a rule, a server that is busy.</summary>
    /// <param name="Code">
    /// The server's stable code: one of <see cref="Protocol.Wire.ErrorCode"/>, or of <see cref="Protocol.Features.AuthRefusal"/> or null where the refusal is
    /// of a registration or a login.
    /// </param>
    /// <param name="Message">What to tell the person.</param>
    public sealed record Refused(string? Code, string Message) : LogInResult;

    /// <summary>The token is no longer good: ask for the password.</summary>
    /// <param name="Message">What to tell the person.</param>
    public sealed record SessionEnded(string Message) : LogInResult;

    /// <summary>
    /// Neither the system trusts the server's certificate nor is one pinned. Show the fingerprint and ask; on "Trust" call
    /// <see cref="ChatClient.Trust"/> with it, keep it for the next start, and log in again.
    /// </summary>
    /// <param name="Certificate">The certificate in question.</param>
    public sealed record UnknownCertificate(CertificateDetails Certificate) : LogInResult;

    /// <summary>The server shows another certificate than the pinned one. Nothing was sent. This offers no way on.</summary>
    /// <param name="Pinned">The fingerprint that was pinned.</param>
    /// <param name="Shown">The certificate that the server shows now.</param>
    public sealed record CertificateChanged(Fingerprint Pinned, CertificateDetails Shown) : LogInResult;

    /// <summary>
    /// There is no connection: no such server, refused, timed out, not the protocol that was expected. After <see cref="ChatClient.ResumeAsync"/> the client
    /// keeps trying by itself.
    /// </summary>
    /// <param name="Reason">Why, for the program.</param>
    /// <param name="Message">What to tell the person.</param>
    public sealed record Unreachable(UnreachableReason Reason, string Message) : LogInResult;
}

/// <summary>A login that was made: what brings the client back without a password, for 24 hours after its last use.</summary>
/// <param name="Token">A secret: 64 lower-case hexadecimal digits. Keep it where only the person can read it, and never log it.</param>
/// <param name="Username">The name as it was registered.</param>
public sealed record Session(string Token, string Username)
{
    /// <summary>The name alone: a token never reaches a log by accident.</summary>
    public override string ToString() => $"Session of {Username}";
}

/// <summary>What a person is told of a certificate.</summary>
/// <param name="Fingerprint">What to compare with the one that the server printed when it started.</param>
/// <param name="Subject">The subject's distinguished name, as the certificate claims it.</param>
/// <param name="NotAfter">When it runs out.</param>
public sealed record CertificateDetails(Fingerprint Fingerprint, string Subject, DateTimeOffset NotAfter);

/// <summary>Why there is no connection.</summary>
public enum UnreachableReason
{
    /// <summary>The name is not known.</summary>
    NoSuchServer,

    /// <summary>The machine answers, but nothing listens at that port.</summary>
    ConnectionRefused,

    /// <summary>No answer in time, or no way to that network.</summary>
    NoAnswer,

    /// <summary>The server does not speak TLS, or not a version of it that is safe (1.2 and 1.3 are).</summary>
    TlsFailed,

    /// <summary>Something answers, but it is no Parley server.</summary>
    NotParley,

    /// <summary>The connection was lost before the login was done.</summary>
    ConnectionLost,

    /// <summary>The server closed the connection and said why.</summary>
    ClosedByServer,
}
