using Microsoft.Extensions.Logging;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Connection;

/// <summary>
/// The link to one server, which outlives its connections: it opens the first one with whatever the person has, and from then on keeps one, coming back
/// by token after each loss. It is the only one that writes <see cref="ChatState.Connection"/>.
/// </summary>
/// <param name="server">Where the server is.</param>
/// <param name="options">Wire, clock, log, program name.</param>
/// <param name="store">Takes the status.</param>
/// <param name="onMessage">Takes every message, in order, with the request that it answers, on the reading loop.</param>
/// <param name="work">What is to be done on each connection once it is ready; it ends with the connection's token.</param>
internal sealed partial class ServerLink(
    ServerAddress server, ChatClientOptions options, ChatStore store, Action<ServerMessage, Command?> onMessage, Func<ChatConnection, Task> work) : IAsyncDisposable
{
    // Whoever sits in a hotel has to log in to its network first, and that takes a while.
    private static readonly TimeSpan CertificateRetryDelay = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _oneAtATime = new(1, 1);
    private readonly RetrySignal _retryNow = new(options.Time);
    private CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private volatile ChatConnection? _connection;
    private volatile Session? _session;

    /// <summary>The pin that counts at the next handshake.</summary>
    internal Fingerprint? Pin { get; set; } = options.Pin;

    internal Session? Session => _session;

    /// <summary>The connection that is ready; null where there is none.</summary>
    internal ChatConnection? Connection => _connection;

    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    internal ChatConnection RequireConnection() => _connection ?? throw new ConnectionLostException();

    /// <summary>The session of the connection that stands is another one from now on: the password was changed.</summary>
    internal void Renew(Session session)
    {
        if (_connection is not null)
            _session = session;
    }

    internal void RetryNow() => _retryNow.Set();

    internal void Wake()
    {
        _connection?.Wake();
        RetryNow();
    }

    /// <summary>Ends what there was, and logs in. A failure leaves the client offline; only a return by token goes on trying.</summary>
    internal async Task<LogInResult> OpenAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        await _oneAtATime.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await StopAsync().ConfigureAwait(false);
            SetStatus(new ConnectionStatus.Connecting());
            _session = (credentials as Credentials.Token)?.Session;
            var (connection, result) = await ConnectAsync(credentials, cancellationToken).ConfigureAwait(false);
            var willRetry = credentials is Credentials.Token && IsWorthRetrying(result);
            if (connection is null && !willRetry)
                GiveUp(result);
            else
                _loop = ReconnectLoopAsync(connection, result, _stop.Token);
            return result;
        }
        catch (OperationCanceledException)
        {
            SetStatus(new ConnectionStatus.Offline(OfflineReason.Disconnected));
            throw;
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    /// <summary>Closes the connection and stops trying.</summary>
    internal async Task CloseAsync(OfflineReason reason)
    {
        await _oneAtATime.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await StopAsync().ConfigureAwait(false);
            if (reason == OfflineReason.LoggedOut)
                _session = null;
            SetStatus(new ConnectionStatus.Offline(reason));
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync(OfflineReason.Disconnected).ConfigureAwait(false);
        _stop.Dispose();
        _oneAtATime.Dispose();
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _stop.Dispose();
        _stop = new CancellationTokenSource();
    }

    // Runs a connection until it ends, then makes the next one.
    private async Task ReconnectLoopAsync(ChatConnection? connection, LogInResult result, CancellationToken stop)
    {
        try
        {
            using var delays = new ReconnectSchedule(options.Time);
            var end = new ConnectionEnd(null, null);
            while (true)
            {
                if (connection is not null)
                {
                    delays.Connected();
                    end = await RunConnectionAsync(connection, stop).ConfigureAwait(false);
                    connection = null;
                    result = Explain(end);
                    if (end.Closing?.Reconnect == ReconnectAdvice.Never)
                        break;
                }
                else if (!IsWorthRetrying(result))
                {
                    break;
                }

                var delay = delays.Next(end.Closing?.Reconnect);
                await WaitAsync(IsCertificateProblem(result) ? CertificateRetryDelay : delay, result, stop).ConfigureAwait(false);
                SetStatus(new ConnectionStatus.Connecting());
                if (_session is not { } session)
                    break;
                (connection, result) = await ConnectAsync(new Credentials.Token(session), stop).ConfigureAwait(false);
            }

            GiveUp(result);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Whoever stopped it sets the status.
        }
        catch (Exception e)
        {
            Log.LoopFailed(options.Logger, e);
            SetStatus(new ConnectionStatus.Offline(OfflineReason.Failed, "Something went wrong in this program. Please start it again."));
        }
    }

    private async Task<ConnectionEnd> RunConnectionAsync(ChatConnection connection, CancellationToken stop)
    {
        using var stopping = stop.Register(() => connection.DisposeAsync().AsTask().ReportFault(options.Logger));
        _connection = connection;
        SetStatus(new ConnectionStatus.Connected(connection.ServerName ?? ""));
        Log.Connected(options.Logger, server);
        try
        {
            await work(connection).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The connection ended under it; its end says why.
        }
        catch (Exception e)
        {
            Log.WorkFailed(options.Logger, e);
        }

        var end = await connection.Completion.ConfigureAwait(false);
        _connection = null;
        await connection.DisposeAsync().ConfigureAwait(false);
        if (!stop.IsCancellationRequested)
            Log.Ended(options.Logger, end.Cause, server, end.Closing?.Reason);
        stop.ThrowIfCancellationRequested();
        return end;
    }

    private async Task WaitAsync(TimeSpan delay, LogInResult result, CancellationToken stop)
    {
        if (delay <= TimeSpan.Zero)
            return;
        var message = MessageOf(result) ?? UnreachableResults.Lost(server).Message;
        SetStatus(new ConnectionStatus.Reconnecting(options.Time.GetUtcNow() + delay, message) { IsOfCertificate = IsCertificateProblem(result) });
        await _retryNow.WaitAsync(delay, stop).ConfigureAwait(false);
    }

    private async Task<(ChatConnection? Connection, LogInResult Result)> ConnectAsync(Credentials credentials, CancellationToken cancellationToken)
    {
        var connected = await options.Wire.ConnectAsync(server, Pin, cancellationToken).ConfigureAwait(false);
        if (connected is WireResult.Failed failed)
            return (null, failed.Why);
        var connection = new ChatConnection(((WireResult.Connected)connected).Stream, onMessage, options.Time, options.Logger);
        LogInResult? result = null;
        try
        {
            result = await Handshake.RunAsync(connection, server, credentials, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (result is not LogInResult.LoggedIn)
                await connection.DisposeAsync().ConfigureAwait(false);
        }

        if (result is not LogInResult.LoggedIn loggedIn)
            return (null, result);
        _session = loggedIn.Session;
        return (connection, result);
    }

    private LogInResult Explain(ConnectionEnd end) => end.Closing switch
    {
        null => UnreachableResults.Lost(server),
        { Reason: CloseReason.LoggedOut or CloseReason.Banned } closing => new LogInResult.SessionEnded(closing.Message),
        var closing => new LogInResult.Unreachable(UnreachableReason.ClosedByServer, closing.Message),
    };

    // A server that is busy or away may be back, and another certificate may be that of a network's login page, which goes; nothing is sent to it. A session
    // that ended will not mend by itself.
    private static bool IsWorthRetrying(LogInResult result) => result is LogInResult.Unreachable or LogInResult.Refused || IsCertificateProblem(result);

    private static bool IsCertificateProblem(LogInResult result) => result is LogInResult.CertificateChanged or LogInResult.UnknownCertificate;

    private void GiveUp(LogInResult result)
    {
        if (result is LogInResult.SessionEnded)
            _session = null;
        var reason = result switch
        {
            LogInResult.SessionEnded => OfflineReason.LoggedOut,
            LogInResult.CertificateChanged or LogInResult.UnknownCertificate => OfflineReason.CertificateChanged,
            LogInResult.Unreachable { Reason: UnreachableReason.ClosedByServer } => OfflineReason.ClosedByServer,
            _ => OfflineReason.Failed,
        };
        SetStatus(new ConnectionStatus.Offline(reason, MessageOf(result)));
    }

    private static string? MessageOf(LogInResult result) => result switch
    {
        LogInResult.Refused refused => refused.Message,
        LogInResult.SessionEnded ended => ended.Message,
        LogInResult.Unreachable unreachable => unreachable.Message,
        LogInResult.CertificateChanged => "This server shows a different certificate than before.",
        LogInResult.UnknownCertificate => "This server's certificate can't be verified.",
        _ => null,
    };

    private void SetStatus(ConnectionStatus status) => store.Update(state => state with { Connection = status });

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Information, "Connected to {Server}.")]
        internal static partial void Connected(ILogger logger, ServerAddress server);

        [LoggerMessage(1002, LogLevel.Information, "The connection to {Server} ended ({Reason}).")]
        internal static partial void Ended(ILogger logger, Exception? cause, ServerAddress server, string? reason);

        [LoggerMessage(1004, LogLevel.Error, "The work on a connection failed; another one is made.")]
        internal static partial void WorkFailed(ILogger logger, Exception cause);

        [LoggerMessage(1003, LogLevel.Error, "The link to the server failed.")]
        internal static partial void LoopFailed(ILogger logger, Exception cause);
    }
}
