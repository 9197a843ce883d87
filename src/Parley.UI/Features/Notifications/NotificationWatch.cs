using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.State;

namespace Parley.UI.Features.Notifications;

/// <summary>
/// Tells the desktop what was said in a conversation that nobody looks at, and takes it back when it was read, here or elsewhere. One for the program:
/// it watches the account whether or not a window shows it.
/// </summary>
public sealed class NotificationWatch : IDisposable
{
    private const int MaxTextLength = 240;

    private readonly Lock _gate = new();
    private readonly CurrentAccount _account;
    private readonly INotifier _notifier;
    private readonly IProfile _profile;
    private readonly Dictionary<ChannelId, long> _told = [];
    private readonly HashSet<ChannelId> _shown = [];
    private readonly Dictionary<object, ChannelId> _watched = [];
    private IDisposable? _subscription;
    private ChatClient? _client;

    /// <summary>Watches from now on.</summary>
    public NotificationWatch(CurrentAccount account, INotifier notifier, IProfile profile)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(notifier);
        _account = account;
        _notifier = notifier;
        _profile = profile;
        _account.Changed += OnAccountChanged;
        _notifier.Activated += OnActivated;
        OnAccountChanged();
    }

    /// <summary>The person clicked a notification: this conversation wants to be in view. Called on any thread.</summary>
    public event Action<ChannelId>? Opened;

    /// <summary>A window in front shows the present of a conversation (or, with null, does not any more): of that one nothing is told.</summary>
    public void Watch(object window, ChannelId? id)
    {
        lock (_gate)
        {
            _watched.Remove(window);
            if (id is { } watched)
                _watched[window] = watched;
        }
    }

    /// <summary>Watches this client from now on.</summary>
    internal void Follow(ChatClient? client)
    {
        lock (_gate)
        {
            if (_client == client)
                return;
            _subscription?.Dispose();
            _client = client;
            _told.Clear();
            _shown.Clear();
            _subscription = client?.Store.Subscribe(Look);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _account.Changed -= OnAccountChanged;
        _notifier.Activated -= OnActivated;
        _subscription?.Dispose();
    }

    private static string KeyOf(ChannelId id) => id.ToString();

    private void OnActivated(string key)
    {
        if (long.TryParse(key, System.Globalization.CultureInfo.InvariantCulture, out var id))
            Opened?.Invoke(new ChannelId(id));
    }

    private void OnAccountChanged() => Follow(_account.Client);

    // What is there at the first look, and what comes in while catching up, is history and no news.
    private void Look()
    {
        List<(ChannelId Id, ChannelEvent Event)> news = [];
        List<ChannelId> read = [];
        ChatState state;
        lock (_gate)
        {
            if (_client is not { } client)
                return;
            state = client.Store.State;
            foreach (var (id, log) in state.Logs)
            {
                var told = _told.GetValueOrDefault(id, long.MaxValue);
                _told[id] = log.LastNumber;
                if (state.Connection is ConnectionStatus.Connected && log.LastNumber > told && log.LatestRun is { } run && IsNews(state, id, run[run.Last]))
                    news.Add((id, run[run.Last]));
            }

            foreach (var id in _shown.Where(id => state.ReadPositionOf(id).Unread == 0).ToList())
            {
                _shown.Remove(id);
                read.Add(id);
            }

            _shown.UnionWith(news.Select(item => item.Id));
        }

        foreach (var id in read)
            _ = _notifier.WithdrawAsync(KeyOf(id));
        foreach (var (id, entry) in news)
            Tell(state, id, entry);
    }

    private bool IsNews(ChatState state, ChannelId id, ChannelEvent entry)
    {
        if (entry.AuthorId == state.User?.Id || _watched.ContainsValue(id) || entry.Kind is not (EventKind.Message or EventKind.Action))
            return false;
        return _profile.Preferences.Notify switch
        {
            NotifyLevel.Nothing => false,
            NotifyLevel.Direct => ConversationName.Of(state, id) is { IsChannel: false },
            _ => true,
        };
    }

    private void Tell(ChatState state, ChannelId id, ChannelEvent entry)
    {
        if (ConversationName.Of(state, id) is not { } name)
            return;
        var title = name.IsChannel ? $"{entry.Author} ({name.WithSign})" : entry.Author;
        var text = entry.Kind == EventKind.Action ? $"{entry.Author} {entry.Content}" : entry.Content;
        _ = _notifier.ShowAsync(KeyOf(id), title, text.Length > MaxTextLength ? text[..MaxTextLength] + "…" : text);
    }
}
