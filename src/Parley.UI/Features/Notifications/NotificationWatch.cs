using Microsoft.Extensions.Logging;
using Parley.Client;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Wire;
using Parley.UI.Features.Messages;
using Parley.UI.State;

namespace Parley.UI.Features.Notifications;

/// <summary>
/// Tells the desktop what was said in a room that nobody looks at, and takes it back when it was read, here or elsewhere. One for the program:
/// it watches every account whether or not a window shows it.
/// </summary>
public sealed class NotificationWatch : IDisposable
{
    private const int MaxTextLength = 240;

    private readonly Lock _gate = new();
    private readonly AccountList _accounts;
    private readonly INotifier _notifier;
    private readonly IProfile _profile;
    private readonly NotificationStore _notifications;
    private readonly ILogger _logger;
    private readonly Dictionary<ChatClient, Follower> _followers = [];
    private readonly Dictionary<object, (ChatClient Client, ChannelId Id)> _watched = [];

    /// <summary>Watches from now on.</summary>
    public NotificationWatch(AccountList accounts, INotifier notifier, IProfile profile, NotificationStore notifications, ILogger<NotificationWatch> logger)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(notifier);
        _accounts = accounts;
        _notifier = notifier;
        _profile = profile;
        _notifications = notifications;
        _logger = logger;
        _accounts.Changed += OnAccountsChanged;
        _notifier.Activated += OnActivated;
        OnAccountsChanged();
    }

    /// <summary>The person clicked a notification: this room of this account wants to be in view. Called on any thread.</summary>
    public event Action<Account, ChannelId>? Opened;

    /// <summary>A window in front shows the present of a room (or, with null, does not any more): of that one nothing is told.</summary>
    public void Watch(object window, ChatClient client, ChannelId? id)
    {
        lock (_gate)
        {
            _watched.Remove(window);
            if (id is { } watched)
                _watched[window] = (client, watched);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _accounts.Changed -= OnAccountsChanged;
        _notifier.Activated -= OnActivated;
        foreach (var follower in _followers.Values)
            follower.Subscription.Dispose();
    }

    // "HOST:PORT ID": a room's id means something on its own server only.
    private static string KeyOf(ChatClient client, ChannelId id) => $"{client.Server} {id}";

    private void OnActivated(string key)
    {
        if (key.Split(' ') is not [var server, var number] || !long.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var id))
            return;
        if (_accounts.All.FirstOrDefault(account => account.Server.ToString() == server) is { } account)
            Opened?.Invoke(account, new ChannelId(id));
    }

    private void OnAccountsChanged()
    {
        List<string> withdrawn = [];
        lock (_gate)
        {
            var clients = _accounts.All.Select(account => account.Client).OfType<ChatClient>().ToHashSet();
            foreach (var gone in _followers.Keys.Where(client => !clients.Contains(client)).ToList())
            {
                _followers[gone].Subscription.Dispose();
                withdrawn.AddRange(_followers[gone].Shown.Keys.Select(id => KeyOf(gone, id)));
                _followers.Remove(gone);
            }

            foreach (var client in clients.Where(client => !_followers.ContainsKey(client)))
                _followers[client] = Follow(client);
        }

        foreach (var key in withdrawn)
            _notifier.WithdrawAsync(key).ReportFault(_logger);
    }

    // What is there before the first look is history: the next change may be somebody's first words already.
    private Follower Follow(ChatClient client)
    {
        var known = client.Store.State.Logs;
        var follower = new Follower(client.Store.Subscribe(() => Look(client)));
        foreach (var (id, log) in known)
            follower.Told[id] = log.LastNumber;
        return follower;
    }

    // What a snapshot counts is history and no news, and so are the pages that catch up with it: news is what was heard live since the last look, however
    // much that is.
    private void Look(ChatClient client)
    {
        List<(ChannelId Id, Message Message)> news = [];
        List<ChannelId> over = [];
        ChatState state;
        lock (_gate)
        {
            if (!_followers.TryGetValue(client, out var follower))
                return;
            state = client.Store.State;
            foreach (var (id, log) in state.Logs)
            {
                var told = Math.Max(follower.Told.GetValueOrDefault(id), log.LiveFrom);
                follower.Told[id] = log.LastNumber;
                if (log.LastNumber > told && log.LatestRun is { } run)
                    news.AddRange(log.MessagesIn(run, told + 1, run.Last).Where(message => ShouldNotify(client, state, id, message)).Select(message => (id, message)));
            }

            foreach (var (id, number) in follower.Shown.ToList().Where(shown => IsOver(state, shown.Key, shown.Value)))
            {
                follower.Shown.Remove(id);
                over.Add(id);
            }

            foreach (var (id, message) in news)
                follower.Shown[id] = message.Number;
        }

        foreach (var id in over)
            _notifier.WithdrawAsync(KeyOf(client, id)).ReportFault(_logger);
        foreach (var (id, message) in news)
            Tell(client, state, id, message);
    }

    // What was read, here or elsewhere, or deleted is no longer to be seen.
    private static bool IsOver(ChatState state, ChannelId id, long number) =>
        state.ReadPositionOf(id).Number >= number || state.LogOf(id).At(number) is { IsDeleted: true };

    private bool ShouldNotify(ChatClient client, ChatState state, ChannelId id, Message message)
    {
        if (message.IsDeleted || NotificationRule.IsQuiet(state, client.Members.Now) || _watched.ContainsValue((client, id)))
            return false;
        if (RoomName.Of(state, id) is not { } name)
            return false;
        return NotificationRule.IsWorthIt(message, state.User?.Id, name.IsChannel, _profile.Preferences.Notify, _notifications.Of(client, id));
    }

    private void Tell(ChatClient client, ChatState state, ChannelId id, Message message)
    {
        if (RoomName.Of(state, id) is not { } name)
            return;
        // Where: "bob (#general)", and on which server where there are several.
        string?[] places = [name.IsChannel ? name.WithPrefix : null, _accounts.All.Length > 1 ? _accounts.Find(client.Server)?.Name ?? client.Server.ToString() : null];
        var where = string.Join(", ", places.OfType<string>());
        var title = where.Length > 0 ? $"{message.Author} ({where})" : message.Author;
        // What its author hid is not to be read over a shoulder.
        var clock = _accounts.All.FirstOrDefault(account => account.Client == client)?.Time ?? TimeProvider.System;
        var words = MessageWords.Of(message.Content, clock);
        var text = message.Kind == MessageKind.Action ? $"{message.Author} {words}" : words;
        _notifier.ShowAsync(KeyOf(client, id), title, Shorten(text)).ReportFault(_logger);
    }

    // Not between the halves of a sign.
    private static string Shorten(string text) =>
        text.Length <= MaxTextLength ? text : text[..(char.IsHighSurrogate(text[MaxTextLength - 1]) ? MaxTextLength - 1 : MaxTextLength)] + "…";

    // What was told of one account, and the number of what is shown.
    private sealed record Follower(IDisposable Subscription)
    {
        internal Dictionary<ChannelId, long> Told { get; } = [];

        internal Dictionary<ChannelId, long> Shown { get; } = [];
    }
}
