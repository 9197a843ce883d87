using Parley.Client;
using Parley.Client.Connection;

namespace Parley.UI.State;

/// <summary>
/// A person's account on one server, logged in or not. It belongs to the whole program and not to a window, so that a page that is loaded again, or
/// opened twice, finds the same room.
/// </summary>
public sealed class Account
{
    private readonly Lock _gate = new();
    private readonly IProfile _profile;
    private readonly ChatClientOptions _options;
    private readonly Action _changed;
    private IDisposable? _subscription;
    private ChatClient? _loggingOut;
    private Task _closing = Task.CompletedTask;

    internal Account(ServerAddress server, IProfile profile, ChatClientOptions options, Action changed)
    {
        Server = server;
        _profile = profile;
        _options = options;
        _changed = changed;
    }

    /// <summary>The server.</summary>
    public ServerAddress Server { get; private set; }

    /// <summary>What the server is called; its address where it has no name.</summary>
    public string Name => _profile.ServerNameOf(Server) ?? Server.ToString();

    /// <summary>Whether the server has a name beside its address.</summary>
    public bool HasName => _profile.ServerNameOf(Server) is not null;

    /// <summary>The name of the last login there.</summary>
    public string? Username => _profile.UsernameOf(Server);

    /// <summary>The client; null while nobody is logged in.</summary>
    public ChatClient? Client { get; private set; }

    /// <summary>Why the login screen is shown, where that is not because the person logged out.</summary>
    public LogInResult? Notice { get; private set; }

    /// <summary>The one-time password of the last login, until another one is chosen; null for any other login. Kept nowhere but here.</summary>
    public string? OneTimePassword { get; internal set; }

    /// <summary>The clock of everything that the account shows.</summary>
    public TimeProvider Time => _options.Time;

    /// <summary>Connects again after a disconnection, with the session that is still good.</summary>
    public async Task ReconnectAsync()
    {
        if (Client is { Session: { } session } client)
            await client.ResumeAsync(session, CancellationToken.None);
    }

    /// <summary>Ends the session. The server stays among the person's servers.</summary>
    public async Task LogOutAsync(CancellationToken cancellationToken)
    {
        if (Client is not { } client)
            return;
        _loggingOut = client;
        try
        {
            await client.LogOutAsync(cancellationToken);
        }
        finally
        {
            _profile.ForgetSession(Server);
            OneTimePassword = null;
            _loggingOut = null;
            await RemoveClientAsync(notice: null);
        }
    }

    /// <summary>Logs in with the saved session, where there is one. While the server cannot be reached the client retries by itself.</summary>
    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        if (_profile.SessionOf(Server) is not { } session)
            return;
        var client = new ChatClient(Server, _options with { Pin = _profile.PinOf(Server) });
        ReplaceClient(client, notice: null);
        var result = await client.ResumeAsync(session, cancellationToken);
        if (result is not LogInResult.SessionEnded || Client != client)
            return; // A server that is busy now is one that the client tries again, as one that is away or behind a network's login page.
        _profile.ForgetSession(Server);
        await RemoveClientAsync(result);
    }

    /// <summary>Replaces the client, and returns the former one, which the caller disposes.</summary>
    internal ChatClient? ReplaceClient(ChatClient? client, LogInResult? notice)
    {
        ChatClient? former;
        lock (_gate)
        {
            former = Client;
            _subscription?.Dispose();
            Client = client;
            Server = client?.Server ?? Server;
            Notice = notice;
            _subscription = client?.Store.Subscribe(() => OnStateChanged(client));
        }

        if (client is not null)
            SaveName(client);

        _changed();
        return former;
    }

    /// <summary>Closes the connection, when the program ends or the server is removed.</summary>
    internal async Task CloseAsync()
    {
        _subscription?.Dispose();
        if (Client is { } client)
            await client.DisposeAsync();
        await _closing;
    }

    // Another device can end the session.
    private void OnStateChanged(ChatClient client)
    {
        SaveName(client);
        if (client == _loggingOut || client.Store.State.Connection is not ConnectionStatus.Offline { Reason: OfflineReason.LoggedOut } offline)
            return; // Who logs out sees the login screen once, when nothing is left of the session: a second one would take what was typed into the first.
        lock (_gate)
        {
            if (Client != client)
                return;
        }

        _profile.ForgetSession(client.Server);
        ReplaceClient(client: null, offline.Message is { } message ? new LogInResult.SessionEnded(message) : null);
        _closing = client.DisposeAsync().AsTask();
    }

    // Saves the server's name for the time without a connection.
    private void SaveName(ChatClient client)
    {
        if (client.Store.State is not { Connection: ConnectionStatus.Connected } state || state.ServerName == _profile.ServerNameOf(client.Server))
            return;
        _profile.SaveServerName(client.Server, state.ServerName);
        if (state.ServerName == _profile.ServerNameOf(client.Server)) // Else the server was removed meanwhile.
            _changed();
    }

    private async Task RemoveClientAsync(LogInResult? notice)
    {
        if (ReplaceClient(client: null, notice) is { } former)
            await former.DisposeAsync();
    }
}
