using Parley.Client;
using Parley.Client.Connection;

namespace Parley.UI.State;

/// <summary>
/// The account that this program is logged in to, if any. There is one for the whole program and not for each window, so that a page that is loaded
/// again, or opened twice, finds the same conversation.
/// </summary>
public sealed class CurrentAccount(IProfile profile, ChatClientOptions options) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private IDisposable? _subscription;

    /// <summary>Another client, or none, or something to tell at the login. Called on any thread.</summary>
    public event Action? Changed;

    /// <summary>The client of the account; null while nobody is logged in.</summary>
    public ChatClient? Client { get; private set; }

    /// <summary>Why the login screen is shown, where that is not because nobody logged in yet.</summary>
    public LogInResult? Notice { get; private set; }

    /// <summary>The clock of everything that the account shows.</summary>
    public TimeProvider Time => options.Time;

    /// <summary>What the login screen starts with.</summary>
    public IProfile Profile => profile;

    /// <summary>Comes back with the kept session, where there is one. With no server in reach the client keeps trying by itself.</summary>
    public async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (profile.LastServer is not { } server || profile.SessionOf(server) is not { } session)
            return;
        var client = NewClient(server);
        Take(client, notice: null);
        var result = await client.ResumeAsync(session, cancellationToken);
        if (result is LogInResult.LoggedIn or LogInResult.Unreachable || Client != client)
            return;
        if (result is LogInResult.SessionEnded)
            profile.ForgetSession(server);
        await DropAsync(result);
    }

    /// <summary>Logs in, or makes an account and logs it in.</summary>
    public async Task<LogInResult> LogInAsync(ServerAddress server, string username, string password, LogInKind kind, CancellationToken cancellationToken)
    {
        var client = NewClient(server);
        var result = kind == LogInKind.Register
            ? await client.RegisterAsync(username, password, cancellationToken)
            : await client.LogInAsync(username, password, cancellationToken);
        if (result is not LogInResult.LoggedIn loggedIn)
        {
            await client.DisposeAsync();
            return result;
        }

        profile.KeepSession(server, loggedIn.Session);
        if (client.Pin is { } pin)
            profile.KeepPin(server, pin);
        var former = Client;
        Take(client, notice: null);
        if (former is not null)
            await former.DisposeAsync();
        return result;
    }

    /// <summary>Connects again after a disconnection, with the session that is still good.</summary>
    public async Task ComeBackAsync()
    {
        if (Client is { Session: { } session } client)
            await client.ResumeAsync(session, CancellationToken.None);
    }

    /// <summary>Stops trying to come back and shows the login screen; the session is kept.</summary>
    public Task LeaveAsync() => DropAsync(notice: null);

    /// <summary>Ends the session.</summary>
    public async Task LogOutAsync(CancellationToken cancellationToken)
    {
        if (Client is not { } client)
            return;
        await client.LogOutAsync(cancellationToken);
        profile.ForgetSession(client.Server);
        await DropAsync(notice: null);
    }

    /// <summary>The program ends: the connection closes, and no screen is told any more.</summary>
    public async ValueTask DisposeAsync()
    {
        _subscription?.Dispose();
        if (Client is { } client)
            await client.DisposeAsync();
    }

    private ChatClient NewClient(ServerAddress server) => new(server, options with { Pin = profile.PinOf(server) });

    private void Take(ChatClient? client, LogInResult? notice)
    {
        lock (_gate)
        {
            _subscription?.Dispose();
            Client = client;
            Notice = notice;
            _subscription = client?.Store.Subscribe(() => OnStateChanged(client));
        }

        Changed?.Invoke();
    }

    // The session can end elsewhere: another device logged it out, or the certificate is not the trusted one any more.
    private void OnStateChanged(ChatClient client)
    {
        if (client.Store.State.Connection is not ConnectionStatus.Offline { Reason: OfflineReason.LoggedOut } offline)
            return;
        lock (_gate)
        {
            if (Client != client)
                return;
        }

        profile.ForgetSession(client.Server);
        Take(client: null, offline.Message is { } message ? new LogInResult.SessionEnded(message) : null);
    }

    private async Task DropAsync(LogInResult? notice)
    {
        var former = Client;
        Take(client: null, notice);
        if (former is not null)
            await former.DisposeAsync();
    }
}

/// <summary>What the two buttons of the login screen do.</summary>
public enum LogInKind
{
    /// <summary>By the password of an account that is.</summary>
    LogIn,

    /// <summary>Makes the account first.</summary>
    Register,
}
