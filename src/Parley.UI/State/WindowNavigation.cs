using System.Runtime.CompilerServices;
using Parley.Client;
using Parley.Client.Connection;

namespace Parley.UI.State;

/// <summary>What one window shows: which account, or the form that adds one. Used on the window's own dispatcher alone.</summary>
public sealed class WindowNavigation : IDisposable
{
    private readonly AccountList _accounts;
    private readonly ConditionalWeakTable<ChatClient, UiState> _states = [];
    private Account? _account;

    /// <summary>A window starts where the last one was, or where the command line asked it to.</summary>
    public WindowNavigation(AccountList accounts)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        _accounts = accounts;
        _account = accounts.Find(accounts.Profile.LastServer);
        IsAdding = _account is null && accounts.Profile.LastServer is not null;
    }

    /// <summary>The window shows something else.</summary>
    public event Action? Changed;

    /// <summary>The selected account, also while a form is shown over it; null where there is none.</summary>
    public Account? Account => _account is not null && _accounts.All.Contains(_account) ? _account : _accounts.All.FirstOrDefault();

    /// <summary>The account that the window shows; null while it shows a form.</summary>
    public Account? ShownAccount => IsAdding || IsHosting ? null : Account;

    /// <summary>Whether the form that adds a server is shown.</summary>
    public bool IsAdding { get; private set; }

    /// <summary>The server that the form was opened for; null where the person is to name one.</summary>
    public ServerAddress? Wanted { get; private set; }

    /// <summary>Whether the screen of the user's own server is shown.</summary>
    public bool IsHosting { get; private set; }

    /// <summary>A navigation that waits for the server (to a conversation that has to be made first); completed where there is none.</summary>
    public Task PendingNavigation { get; private set; } = Task.CompletedTask;

    /// <summary>Starts a navigation that waits for the server.</summary>
    /// <param name="navigation">The steps.</param>
    public Task NavigateAsync(Func<Task> navigation)
    {
        ArgumentNullException.ThrowIfNull(navigation);
        return PendingNavigation = navigation();
    }

    /// <summary>What the window shows of an account. It belongs to the client: another person on the same server has other rooms.</summary>
    public UiState Of(ChatClient client) => _states.GetValue(client, key => new UiState(key));

    /// <summary>Shows an account.</summary>
    public void Show(Account account)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (ShownAccount == account)
            return;
        _account = account;
        (IsAdding, IsHosting, Wanted) = (false, false, null);
        _accounts.Profile.SaveLastServer(account.Server);
        Changed?.Invoke();
    }

    /// <summary>Shows a conversation with somebody; where there can be none, or no connection, nothing happens.</summary>
    public async Task OpenConversationAsync(ChatClient client, string username)
    {
        ArgumentNullException.ThrowIfNull(client);
        try
        {
            if ((await client.OpenConversationAsync(username, CancellationToken.None)).TryGet(out var id, out _))
                Of(client).Select(id);
        }
        catch (ConnectionLostException)
        {
            // The banner says so.
        }
    }

    /// <summary>Shows the form that adds a server.</summary>
    public void Add() => Add(server: null);

    /// <summary>Shows the account on a server, or the form that adds it.</summary>
    public void Open(ServerAddress server)
    {
        if (_accounts.Find(server) is { } account)
            Show(account);
        else
            Add(server);
    }

    /// <summary>Shows the screen of the user's own server.</summary>
    public void Host()
    {
        (IsAdding, IsHosting, Wanted) = (false, true, null);
        Changed?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, state) in _states)
            state.Dispose();
    }

    /// <summary>Goes back from a form to the account, or to the first screen where there is none.</summary>
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
