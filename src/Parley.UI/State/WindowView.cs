using System.Runtime.CompilerServices;
using Parley.Client;
using Parley.Client.Connection;

namespace Parley.UI.State;

/// <summary>Which account one window shows, and what of each. Used on the window's own dispatcher alone.</summary>
public sealed class WindowView : IDisposable
{
    private readonly AccountList _accounts;
    private readonly ConditionalWeakTable<ChatClient, UiState> _states = [];
    private Account? _account;

    /// <summary>A window starts where the last one was, or where the command line asked it to.</summary>
    public WindowView(AccountList accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        _accounts = accounts;
        _account = accounts.Find(accounts.Profile.LastServer);
        IsAdding = _account is null && accounts.Profile.LastServer is not null;
    }

    /// <summary>Something else is in view.</summary>
    public event Action? Changed;

    /// <summary>The account in view, or the one to go back to while another is added; null where there is none.</summary>
    public Account? Account => _account is not null && _accounts.All.Contains(_account) ? _account : _accounts.All.FirstOrDefault();

    /// <summary>The account that is in view; null while something else is.</summary>
    public Account? AccountInView => IsAdding || IsHosting ? null : Account;

    /// <summary>Whether the form that adds a server is in view.</summary>
    public bool IsAdding { get; private set; }

    /// <summary>The server that the form was opened for; null where the person is to name one.</summary>
    public ServerAddress? Wanted { get; private set; }

    /// <summary>Whether the start of the person's own server is in view.</summary>
    public bool IsHosting { get; private set; }

    /// <summary>The navigation to a room that the server is still asked for; completed where there is none.</summary>
    public Task PendingNavigation { get; private set; } = Task.CompletedTask;

    /// <summary>Starts a navigation that takes its time.</summary>
    /// <param name="navigation">The steps.</param>
    public Task NavigateAsync(Func<Task> navigation)
    {
        ArgumentNullException.ThrowIfNull(navigation);
        return PendingNavigation = navigation();
    }

    /// <summary>What the window shows of an account. It belongs to the client: another person on the same server has other rooms.</summary>
    public UiState Of(ChatClient client) => _states.GetValue(client, key => new UiState(key));

    /// <summary>Brings an account into view.</summary>
    public void Show(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (AccountInView == account)
            return;
        _account = account;
        (IsAdding, IsHosting, Wanted) = (false, false, null);
        _accounts.Profile.KeepLastServer(account.Server);
        Changed?.Invoke();
    }

    /// <summary>Brings the form into view that adds a server.</summary>
    public void Add() => Add(server: null);

    /// <summary>Brings a server into view: the account there, or the form that makes one.</summary>
    public void Open(ServerAddress server)
    {
        if (_accounts.Find(server) is { } account)
            Show(account);
        else
            Add(server);
    }

    /// <summary>Brings the start of the person's own server into view.</summary>
    public void Host()
    {
        (IsAdding, IsHosting, Wanted) = (false, true, null);
        Changed?.Invoke();
    }

    /// <summary>The window closes.</summary>
    public void Dispose()
    {
        foreach (var (_, state) in _states)
            state.Dispose();
    }

    /// <summary>Goes back to the account, or to the first screen where there is none.</summary>
    public void Back()
    {
        (IsAdding, IsHosting, Wanted) = (false, false, null);
        Changed?.Invoke();
    }

    private void Add(ServerAddress? server)
    {
        (IsAdding, IsHosting, Wanted) = (true, false, server);
        Changed?.Invoke();
    }
}
