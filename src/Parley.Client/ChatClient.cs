using Parley.Client.Connection;
using Parley.Client.Features.Accounts;
using Parley.Client.Features.Channels;
using Parley.Client.Features.Conversations;
using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Client.Sync;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client;

/// <summary>
/// One account on one server: it logs in, keeps the connection, comes back by itself and catches up, and holds what it knows in <see cref="Store"/>.
/// Every method may be called on any thread. Refusals are results; a <see cref="ConnectionLostException"/> means that there is no connection.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    // At a close the server gets so long to hear what was read last.
    private static readonly TimeSpan LastRequestDeadline = TimeSpan.FromSeconds(1);

    private readonly ChatClientOptions _options;
    private readonly ServerLink _link;
    private readonly AccountMirror _mirror;
    private readonly SyncLoop _sync;
    private readonly PageLoader _pages;
    private readonly LogMemory _memory;
    private readonly HistoryLoader _history;
    private readonly OutboxSender _outbox;
    private readonly MessagesApi _messages;
    private readonly ConversationsApi _conversations;
    private readonly ChannelsApi _channels;
    private readonly ReadStateApi _readState;
    private readonly MembersApi _members;
    private readonly AccountsApi _accounts;
    private readonly ReactionsApi _reactions;

    /// <summary>A client that does nothing yet.</summary>
    public ChatClient(ServerAddress server, ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        Server = server;
        _options = options;
        _link = new ServerLink(server, _options, Store, Receive, WorkAsync);
        _mirror = new AccountMirror(server, _options, Store, Members);
        _sync = new SyncLoop(Store, _options);
        _pages = new PageLoader(Members, _options);
        _memory = new LogMemory(Store, _mirror, _options.MessagesInMemory, _options.MessagesInMemoryOfAll);
        _history = new HistoryLoader(Store, _link, _mirror, _sync, _memory);
        _outbox = new OutboxSender(Store, _options);
        _messages = new MessagesApi(Store, _mirror, _outbox, new NonceSource(_options.Time), _options.Time);
        _conversations = new ConversationsApi(Store, _link, _messages);
        _channels = new ChannelsApi(Store, _link);
        _readState = new ReadStateApi(Store, _options.Time);
        _members = new MembersApi(Members, _link, _pages);
        _accounts = new AccountsApi(_link);
        _reactions = new ReactionsApi(_link);
    }

    /// <summary>The server.</summary>
    public ServerAddress Server { get; }

    /// <summary>What the client knows. It starts empty and stays the same object for the client's life.</summary>
    public ChatStore Store { get; } = new();

    /// <summary>Who there is on the server. It stays the same object for the client's life, too.</summary>
    public MemberDirectory Members { get; } = new();

    /// <summary>The pinned fingerprint of the server's certificate; keep it with the server's address.</summary>
    public Fingerprint? Pin => _link.Pin;

    /// <summary>The session that brings the client back; null while logged out. Keep it until it is null.</summary>
    public Session? Session => _link.Session;

    /// <summary>The person trusts this certificate: pins it. It takes effect at the next login.</summary>
    public void Trust(Fingerprint fingerprint) => _link.Pin = fingerprint;

    /// <summary>HTTP to the server, with the trust that the connection has at this moment; the caller disposes it.</summary>
    /// <exception cref="NotSupportedException">The host has no HTTP (<see cref="ChatClientOptions.Http"/>).</exception>
    public HttpClient CreateHttpClient() => (_options.Http ?? throw new NotSupportedException("This program has no HTTP.")).Create(Server, Pin);

    /// <summary>Makes an account and logs it in.</summary>
    public Task<LogInResult> RegisterAsync(string username, string password, CancellationToken cancellationToken) =>
        RegisterAsync(username, password, invite: null, cancellationToken);

    /// <summary>Makes an account and logs it in, on a server that asks for a code.</summary>
    /// <param name="username">The name to be known by.</param>
    /// <param name="password">A new password.</param>
    /// <param name="invite">The code that the server's people gave, as it was typed; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<LogInResult> RegisterAsync(string username, string password, string? invite, CancellationToken cancellationToken) =>
        _link.OpenAsync(new Credentials.NewAccount(username, password, invite), cancellationToken);

    /// <summary>Logs in by password.</summary>
    public Task<LogInResult> LogInAsync(string username, string password, CancellationToken cancellationToken) =>
        _link.OpenAsync(new Credentials.Password(username, password), cancellationToken);

    /// <summary>
    /// Comes back without a password. What the local mirror holds is in the store before anything is sent. Where the server cannot be reached or refuses
    /// for now, the result says so and the client keeps trying by itself (see <see cref="ChatState.Connection"/>) until <see cref="DisconnectAsync"/>.
    /// </summary>
    public async Task<LogInResult> ResumeAsync(Session session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        await Task.Run(() => _mirror.OpenFor(session.Username), cancellationToken).ConfigureAwait(false); // The window need not wait for the file.
        return await _link.OpenAsync(new Credentials.Token(session), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tries now to come back, where the next try would be later.</summary>
    public void RetryNow() => _link.RetryNow();

    /// <summary>The machine has slept, as its host was told: the server is asked at once whether it is still there, or tried now.</summary>
    public void Wake() => _link.Wake();

    /// <summary>
    /// Says something in a room. The result is there as soon as the message is kept and shown as <see cref="PendingState.Sending"/>, with
    /// or without a connection; it goes out once, in order, when it can. The only refusals are of the content (blank, too long).
    /// </summary>
    /// <returns>The message's nonce.</returns>
    public Task<Answer<string>> SayAsync(ChannelId channelId, MessageKind kind, string content, CancellationToken cancellationToken) =>
        SayAsync(channelId, kind, content, replyTo: null, cancellationToken);

    /// <summary>The same, as an answer to a message.</summary>
    /// <returns>The message's nonce.</returns>
    public Task<Answer<string>> SayAsync(ChannelId channelId, MessageKind kind, string content, MessageId? replyTo, CancellationToken cancellationToken) =>
        _messages.SayAsync(channelId, kind, content, replyTo, cancellationToken);

    /// <summary>
    /// Changes a message that was said. The result is there as soon as the change is kept, with or without a connection; it goes out once when it can, and
    /// shows when its event comes. Refused at once is only the content of an edit (blank, too long); what the server refuses for good has
    /// <see cref="PendingState.Failed"/> in <see cref="ChatState.Outbox"/>.
    /// </summary>
    /// <param name="channelId">The message's room.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="kind">What is to be done.</param>
    /// <param name="text">The new words, the reason of a deletion (empty for none), or the emoji.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The change's nonce.</returns>
    public Task<Answer<string>> ChangeAsync(ChannelId channelId, MessageId messageId, ChangeKind kind, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _messages.ChangeAsync(channelId, messageId, kind, text, cancellationToken);
    }

    /// <summary>Who reacted to a message with one emoji: the first 100, whoever has been on the server longest first.</summary>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Answer<IReadOnlyList<SelfState>>> ListReactionsAsync(MessageId messageId, string emoji, CancellationToken cancellationToken) =>
        _reactions.ListAsync(messageId, emoji, cancellationToken);

    /// <summary>Says something to one person, in the conversation with them, which is made where there is none.</summary>
    /// <returns>The conversation.</returns>
    /// <exception cref="ConnectionLostException">There is no conversation with that person yet, and no connection to make one.</exception>
    public Task<Answer<ChannelId>> SayPrivatelyAsync(string to, string content, CancellationToken cancellationToken) =>
        _conversations.SayAsync(to, content, cancellationToken);

    /// <summary>Sends a message or change once more that has <see cref="PendingState.Failed"/>.</summary>
    public void Retry(string nonce) => _messages.Retry(nonce);

    /// <summary>Gives up a message or change that has <see cref="PendingState.Failed"/>.</summary>
    public void Discard(string nonce) => _messages.Discard(nonce);

    /// <summary>Takes back a deletion that is still <see cref="PendingState.Held"/>; later there is nothing to take back.</summary>
    public void Undo(string nonce) => _messages.Undo(nonce);

    /// <summary>Finds the conversation with a person, or makes it. By the time of the answer the state has it.</summary>
    /// <exception cref="ConnectionLostException">There is no conversation with that person yet, and no connection to make one.</exception>
    public Task<Answer<ChannelId>> OpenConversationAsync(string to, CancellationToken cancellationToken) => _conversations.OpenAsync(to, cancellationToken);

    /// <summary>Makes a channel for everyone. By the time of the answer the state has it.</summary>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Answer<ChannelId>> CreateChannelAsync(string name, string description, CancellationToken cancellationToken) =>
        _channels.CreateAsync(name, description, cancellationToken);

    /// <summary>
    /// Makes sure that the latest page of a log is held; call it when a channel is opened. It asks the server only for what is missing, and without a
    /// connection as soon as there is one.
    /// </summary>
    /// <returns>The server's refusal, or null.</returns>
    public Task<Refusal?> LoadLatestAsync(ChannelId channelId, CancellationToken cancellationToken) => _history.LoadLatestAsync(channelId, cancellationToken);

    /// <summary>Loads the page just before <paramref name="before"/>, where it is missing.</summary>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">Something is missing, and there is no connection.</exception>
    public Task<Refusal?> LoadOlderAsync(ChannelId channelId, long before, CancellationToken cancellationToken) =>
        _history.LoadOlderAsync(channelId, before, cancellationToken);

    /// <summary>Loads the page just after <paramref name="after"/>, where it is missing.</summary>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">Something is missing, and there is no connection.</exception>
    public Task<Refusal?> LoadNewerAsync(ChannelId channelId, long after, CancellationToken cancellationToken) =>
        _history.LoadNewerAsync(channelId, after, cancellationToken);

    /// <summary>Loads a page on either side of <paramref name="number"/>, where it is missing: a jump to anywhere in the history.</summary>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">Something is missing, and there is no connection.</exception>
    public Task<Refusal?> LoadAroundAsync(ChannelId channelId, long number, CancellationToken cancellationToken) =>
        _history.LoadAroundAsync(channelId, number, cancellationToken);

    /// <summary>Somebody looks at a log from now on; tell the result what they see, so that it stays in memory.</summary>
    public LogHold Hold(ChannelId channelId) => _memory.Hold(channelId);

    /// <summary>Finds the first message of a time or later: a jump to a date. Without a connection among what is held on this machine.</summary>
    /// <returns>Its number; null where nothing was said since then. Or the server's refusal.</returns>
    public Task<Answer<long?>> FindAsync(ChannelId channelId, DateTimeOffset at, CancellationToken cancellationToken) =>
        _history.FindAsync(channelId, at, cancellationToken);

    /// <summary>The user has read up to <paramref name="number"/>. The store shows it at once; the server is told when it can be.</summary>
    public void MarkRead(ChannelId channelId, long number) => _readState.MarkRead(channelId, number);

    /// <summary>
    /// Chooses what the user is shown as, everywhere and until it is chosen anew. The state shows it when the server tells it, within a second.
    /// </summary>
    /// <param name="status"><see cref="MemberStatus.Online"/> or <see cref="MemberStatus.DoNotDisturb"/>.</param>
    /// <param name="text">A line of the user's own (<see cref="Protocol.Rules.StatusTextRule"/>); empty for none.</param>
    /// <param name="cancellationToken">Gives up waiting for the answer.</param>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Refusal?> SetStatusAsync(string status, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        return _members.SetStatusAsync(status, text, cancellationToken);
    }

    /// <summary>More of a person than the state has; a server that does not know the request refuses it.</summary>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Answer<MemberProfile>> ProfileAsync(string username, CancellationToken cancellationToken) => _members.ProfileAsync(username, cancellationToken);

    /// <summary>Loads the next page of members, where <see cref="KnownMembers.More"/> says that there is one.</summary>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Refusal?> LoadMoreMembersAsync(CancellationToken cancellationToken) => _members.LoadMoreAsync(cancellationToken);

    /// <summary>
    /// Asks for people whose names begin so: on a large server not all are in <see cref="Members"/>. By the time of the answer they are there.
    /// </summary>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Refusal?> FindMembersAsync(string beginning, CancellationToken cancellationToken) => _members.FindAsync(beginning, cancellationToken);

    /// <summary>Nobody has touched this device for a while, or somebody does again. The server is told when it can be, and anew after each break.</summary>
    public void SetIdle(bool isIdle) => _members.SetIdle(isIdle);

    /// <summary>
    /// Sets another password. All sessions of the user end, and this client goes on in a new one: by the time of the answer <see cref="Session"/> is the
    /// one to keep.
    /// </summary>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Refusal?> ChangePasswordAsync(string oldPassword, string newPassword, CancellationToken cancellationToken) =>
        _accounts.ChangePasswordAsync(oldPassword, newPassword, cancellationToken);

    /// <summary>Where the user is logged in, this client first, then the last used.</summary>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Answer<IReadOnlyList<SessionState>>> ListSessionsAsync(CancellationToken cancellationToken) => _accounts.ListSessionsAsync(cancellationToken);

    /// <summary>Logs out another device of the user's.</summary>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Refusal?> EndSessionAsync(SessionId session, CancellationToken cancellationToken) => _accounts.EndSessionAsync(session, cancellationToken);

    /// <summary>Logs out all other devices of the user's.</summary>
    /// <returns>The server's refusal, or null.</returns>
    /// <exception cref="ConnectionLostException">There is no connection.</exception>
    public Task<Refusal?> EndOtherSessionsAsync(CancellationToken cancellationToken) => _accounts.EndOtherSessionsAsync(cancellationToken);

    /// <summary>
    /// Ends the session: its token is dead, all of its connections close, and nothing of the account stays on this machine. Where there is no connection the
    /// token is forgotten here, and runs out there.
    /// </summary>
    public async Task LogOutAsync(CancellationToken cancellationToken)
    {
        await LastRequestAsync(_messages.SendHeldAsync).ConfigureAwait(false);
        await LastRequestAsync(connection => connection.AskAsync<LogOut, Done>(new LogOut(), cancellationToken)).ConfigureAwait(false);
        await _link.CloseAsync(OfflineReason.LoggedOut).ConfigureAwait(false);
        await _mirror.EraseAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Leaves nothing on this machine of any account that was ever logged in on a server: what <see cref="LogOutAsync"/> does not reach, since a session
    /// can end without it. Clients of that server are to be disposed before. A file that cannot be removed is told to the log.
    /// </summary>
    public static async Task ForgetAsync(ServerAddress server, ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Mirrors is { } mirrors)
            await Task.Run(() => mirrors.EraseAll(server)).ConfigureAwait(false);
    }

    /// <summary>Closes the connection and stops trying; the session stays good.</summary>
    public async Task DisconnectAsync()
    {
        await LastRequestAsync(_messages.SendHeldAsync).ConfigureAwait(false);
        await LastRequestAsync(_readState.TellAsync).ConfigureAwait(false);
        await _link.CloseAsync(OfflineReason.Disconnected).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DisconnectAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
        await _mirror.DisposeAsync().ConfigureAwait(false);
    }

    internal void Receive(ServerMessage message) => Receive(message, ask: null);

    private void Receive(ServerMessage message, Command? ask)
    {
        if (message is Ready ready)
            _mirror.OpenFor(ready.User.Username); // After a login by password this is the first moment when it is sure who that is.
        if (message is AuthResult { Success: true, Token: { } token, Username: { } username })
            _link.Renew(new Session(token, username)); // Before anything else can go wrong: the former token is dead already.
        _sync.OnMessage(Store.State, message);
        Members.OnMessage(message);
        var update = LogUpdate.Of(Store.State, message, ask);
        Store.Update(state => Reducer.Apply(state, message, ask, update));
        _readState.OnMessage(message);
        if (update is not null)
            _mirror.Save(update);
        if (message is Ready or MemberPage or PresenceChanged)
            _mirror.SaveMembers();
        _memory.OnMessage(message);
    }

    // The outbox starts first: a message that was sent but not acknowledged is acknowledged before a history page brings it, so it is not shown twice.
    private async Task WorkAsync(ChatConnection connection)
    {
        Task[] loops = [_outbox.RunAsync(connection), _sync.RunAsync(connection), _readState.RunAsync(connection), _members.RunAsync(connection), _pages.RunAsync(connection)];
        await Task.WhenAny(loops).ConfigureAwait(false); // They end with the connection; a bug in one ends it, too.
        await connection.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(loops).ConfigureAwait(false);
    }

    private async Task LastRequestAsync(Func<ChatConnection, Task> request)
    {
        if (_link.Connection is not { } connection)
            return;
        try
        {
            await request(connection).WaitAsync(LastRequestDeadline, _options.Time).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException)
        {
            // The server did not answer in time; the connection is closed all the same.
        }
    }
}
