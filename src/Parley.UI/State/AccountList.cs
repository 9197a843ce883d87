using System.Collections.Immutable;
using Parley.Client;
using Parley.Client.Connection;

namespace Parley.UI.State;

/// <summary>The person's accounts, one a server, in the person's order. All are logged in at once, and connected whether or not a window shows them.</summary>
public sealed class AccountList : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ChatClientOptions _options;
    private readonly DraftStore _drafts;
    private readonly NotificationStore _notifications;

    /// <summary>The accounts that the profile knows, not connected yet.</summary>
    public AccountList(IProfile profile, ChatClientOptions options, DraftStore drafts, NotificationStore notifications)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(options);
        Profile = profile;
        _options = options;
        _drafts = drafts;
        _notifications = notifications;
        All = [.. profile.Servers.Select(NewAccount)];
    }

    /// <summary>Other accounts, another order, or another client of one of them. Called on any thread.</summary>
    public event Action? Changed;

    /// <summary>A server is to be shown because the program was started once more with its address. Called on any thread.</summary>
    public event Action<ServerAddress>? ServerRequested;

    /// <summary>The accounts, in order.</summary>
    public ImmutableArray<Account> All { get; private set; }

    /// <summary>What is remembered of them between two starts.</summary>
    public IProfile Profile { get; }

    /// <summary>The account on a server; null where there is none. TLS or not, at one address there is one server.</summary>
    public Account? Find(ServerAddress? server) => server is null ? null : All.FirstOrDefault(account => IsSame(account.Server, server));

    /// <summary>Shows a server in every window: the account there, or the form that adds it.</summary>
    public void RequestServer(ServerAddress server) => ServerRequested?.Invoke(server);

    /// <summary>Logs in to all of them with the saved sessions.</summary>
    public Task ResumeAsync(CancellationToken cancellationToken) => Task.WhenAll(All.Select(account => account.ResumeAsync(cancellationToken)));

    /// <summary>The machine has slept: all of them look at once whether their servers are still there. Called on any thread.</summary>
    public void Wake()
    {
        foreach (var account in All)
            account.Client?.Wake();
    }

    /// <summary>What a server says of itself before a login; null where it says nothing.</summary>
    public Task<ServerGreeting?> GreetAsync(ServerAddress server, CancellationToken cancellationToken) =>
        ServerGreeting.AskAsync(server, _options with { Pin = Profile.PinOf(server) }, cancellationToken);

    /// <summary>Logs in, or makes an account and logs it in. The server is one of the person's from then on.</summary>
    public async Task<LogInResult> LogInAsync(
        ServerAddress server, string username, string password, LogInKind kind, string? invite, CancellationToken cancellationToken)
    {
        var client = new ChatClient(server, _options with { Pin = Profile.PinOf(server) });
        LogInResult? result = null;
        try
        {
            result = kind == LogInKind.Register
                ? await client.RegisterAsync(username, password, invite, cancellationToken)
                : await client.LogInAsync(username, password, cancellationToken);
        }
        finally
        {
            if (result is not LogInResult.LoggedIn)
                await client.DisposeAsync();
        }

        if (result is not LogInResult.LoggedIn loggedIn)
            return result;

        Profile.SaveSession(server, loggedIn.Session);
        if (client.Pin is { } pin)
            Profile.SavePin(server, pin);
        else if (server.UseTls)
            Profile.SaveSystemTrust(server);
        var account = FindOrAdd(server);
        account.OneTimePassword = loggedIn.IsOneTime ? password : null;
        if (account.ReplaceClient(client, notice: null) is { } former)
            await former.DisposeAsync();
        return result;
    }

    /// <summary>
    /// Logs out of a server, and removes it with its messages and drafts from this machine. Its pin stays, as in SSH's known_hosts: a user who removes a server
    /// because its certificate has changed must not be asked to trust the new one as if it were the first.
    /// </summary>
    public async Task RemoveAsync(Account account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        lock (_gate)
            All = All.Remove(account);
        Profile.SaveServers([.. All.Select(kept => kept.Server)]);
        if (Profile.LastServer is { } last && IsSame(last, account.Server))
            Profile.SaveLastServer(All.FirstOrDefault()?.Server);
        Changed?.Invoke();
        try
        {
            await account.LogOutAsync(cancellationToken);
        }
        finally
        {
            // Also where nobody is logged in: the session may have ended elsewhere, with these still there.
            await account.CloseAsync();
            Profile.ForgetSession(account.Server);
            _drafts.Forget(account.Server);
            _notifications.Forget(account.Server);
            await ChatClient.ForgetAsync(account.Server, _options);
        }
    }

    /// <summary>Moves an account to another index.</summary>
    public void Move(Account account, int to)
    {
        ArgumentNullException.ThrowIfNull(account);
        lock (_gate)
        {
            var others = All.Remove(account);
            if (others.Length == All.Length)
                return;
            All = others.Insert(Math.Clamp(to, 0, others.Length), account);
        }

        Profile.SaveServers([.. All.Select(kept => kept.Server)]);
        Changed?.Invoke();
    }

    /// <summary>Closes all connections.</summary>
    public async ValueTask DisposeAsync() => await Task.WhenAll(All.Select(account => account.CloseAsync()));

    private static bool IsSame(ServerAddress one, ServerAddress other) => one.Port == other.Port && one.Host == other.Host;

    private Account NewAccount(ServerAddress server) => new(server, Profile, _options, () => Changed?.Invoke());

    private Account FindOrAdd(ServerAddress server)
    {
        lock (_gate)
        {
            if (Find(server) is { } known)
                return known;
            var account = NewAccount(server);
            All = All.Add(account);
            return account;
        }
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
