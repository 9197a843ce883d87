using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Connection;

/// <summary>What a client logs in with.</summary>
internal abstract record Credentials
{
    internal sealed record NewAccount(string Username, string Word, string? Invite) : Credentials;

    internal sealed record Password(string Username, string Word) : Credentials;

    internal sealed record Token(Session Session) : Credentials;

    /// <summary>Nothing: a password never reaches a log by accident.</summary>
    public sealed override string ToString() => "credentials";
}

/// <summary>The first exchange of a connection: hello, the login, the snapshot.</summary>
internal static class Handshake
{
    /// <summary>How long a server may take to answer <c>hello</c>.</summary>
    internal static readonly TimeSpan HelloDeadline = TimeSpan.FromSeconds(15);

    /// <summary>How long a login may take: password hashes wait in a queue, and two hundred people who log in at once take a minute.</summary>
    internal static readonly TimeSpan LogInDeadline = TimeSpan.FromSeconds(120);

    internal static async Task<LogInResult> RunAsync(
        ChatConnection connection, ServerAddress server, Credentials credentials, ChatClientOptions options, CancellationToken cancellationToken)
    {
        var limit = credentials is Credentials.Token ? HelloDeadline : LogInDeadline;
        using var deadline = new CancellationTokenSource(limit, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return credentials is Credentials.Token token
                ? await ResumeAsync(connection, server, token.Session, options.Program, either.Token).ConfigureAwait(false)
                : await LogInAsync(connection, server, credentials, options, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return UnreachableResults.NoAnswer(server);
        }
        catch (ProtocolViolationException)
        {
            return UnreachableResults.NotParley(server);
        }
        catch (ConnectionLostException e)
        {
            return await ExplainAsync(connection, server, e).ConfigureAwait(false);
        }
    }

    private static async Task<LogInResult> ResumeAsync(
        ChatConnection connection, ServerAddress server, Session session, string program, CancellationToken cancellationToken)
    {
        var answer = await connection.AskAsync<Hello, Ready>(new Hello(session.Token, program), cancellationToken).ConfigureAwait(false);
        return answer.TryGet(out var ready, out var refusal)
            ? new LogInResult.LoggedIn(session with { Username = ready.User.Username })
            : refusal.Code switch
            {
                ErrorCode.InvalidToken => new LogInResult.SessionEnded("You are no longer logged in. Please log in again."),
                ErrorCode.NotAuthenticated or ErrorCode.Unknown => UnreachableResults.NotParley(server), // It speaks level 1 alone.
                _ => new LogInResult.Refused(refusal.Code, refusal.Message),
            };
    }

    private static async Task<LogInResult> LogInAsync(
        ChatConnection connection, ServerAddress server, Credentials credentials, ChatClientOptions options, CancellationToken cancellationToken)
    {
        var welcome = await connection.AskAsync<Hello, Welcome>(new Hello(null, options.Program), cancellationToken)
            .WaitAsync(HelloDeadline, options.Time, cancellationToken).ConfigureAwait(false);
        if (welcome.Refusal is { } unwelcome)
            return unwelcome.Code is ErrorCode.NotAuthenticated or ErrorCode.Unknown
                ? UnreachableResults.NotParley(server)
                : new LogInResult.Refused(unwelcome.Code, unwelcome.Message);

        var answer = credentials is Credentials.NewAccount account
            ? await connection.AskAsync<Register, AuthResult>(new Register(account.Username, account.Word, account.Invite), cancellationToken).ConfigureAwait(false)
            : await connection.AskAsync<LogIn, AuthResult>(LogInOf(credentials), cancellationToken).ConfigureAwait(false);
        if (!answer.TryGet(out var result, out var refusal))
            return new LogInResult.Refused(refusal.Code, refusal.Message);
        if (!result.Success || result.Token is null || result.Username is null)
            return new LogInResult.Refused(result.Code, result.Error ?? "The server refused the login.");

        await connection.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new LogInResult.LoggedIn(new Session(result.Token, result.Username)) { IsOneTime = result.OneTime ?? false };
    }

    private static LogIn LogInOf(Credentials credentials) =>
        credentials is Credentials.Password password
            ? new LogIn(password.Username, password.Word)
            : throw new ArgumentException("No password.", nameof(credentials));

    // A connection that ended in the handshake: the server's own last word is best; a peer that talks nonsense is another matter than a torn wire.
    private static async Task<LogInResult> ExplainAsync(ChatConnection connection, ServerAddress server, ConnectionLostException lost)
    {
        var end = await connection.Completion.ConfigureAwait(false);
        if (end.Closing is { } closing)
            return new LogInResult.Unreachable(UnreachableReason.ClosedByServer, closing.Message);
        return end.Cause is ProtocolViolationException || lost.InnerException is ProtocolViolationException
            ? UnreachableResults.NotParley(server)
            : UnreachableResults.LostInHandshake(server);
    }
}
