using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.Client;

/// <summary>
/// One account on one server: it logs in, keeps the connection, comes back by itself and catches up, and holds what it knows in <see cref="Store"/>.
/// Every method may be called on any thread. Refusals are results; a <see cref="ConnectionLostException"/> means that there is no connection.
/// </summary>
public sealed class ChatClient : IAsyncDisposable
{
    /// <summary>A client that does nothing yet.</summary>
    public ChatClient(ServerAddress server, ChatClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(server);
        Server = server;
        Options = options ?? new ChatClientOptions();
        Pin = Options.Pin;
    }

    /// <summary>The server.</summary>
    public ServerAddress Server { get; }

    /// <summary>What the client knows. It starts empty and stays the same object for the client's life.</summary>
    public ChatStore Store { get; } = new();

    /// <summary>The pinned fingerprint of the server's certificate; keep it with the server's address.</summary>
    public Fingerprint? Pin { get; private set; }

    /// <summary>The session that brings the client back; null while logged out. Keep it until it is null.</summary>
    public Session? Session { get; private set; }

    private ChatClientOptions Options { get; }

    /// <summary>The person trusts this certificate: pins it. It takes effect at the next login.</summary>
    public void Trust(Fingerprint fingerprint) => Pin = fingerprint;

    /// <summary>Makes an account and logs it in.</summary>
    public Task<LogInResult> RegisterAsync(string username, string password, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Logs in by password.</summary>
    public Task<LogInResult> LogInAsync(string username, string password, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>
    /// Comes back without a password. Where the server cannot be reached, the result says so and the client keeps trying by itself
    /// (see <see cref="ChatState.Connection"/>) until <see cref="DisconnectAsync"/>.
    /// </summary>
    public Task<LogInResult> ResumeAsync(Session session, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Tries now to come back, where the next try would be later.</summary>
    public void RetryNow() => throw new NotImplementedException();

    /// <summary>
    /// Says something in a channel or conversation. The result is there as soon as the message is kept and shown as <see cref="PendingState.Sending"/>, with
    /// or without a connection; it goes out once, in order, when it can. The only refusals are of the content (blank, too long).
    /// </summary>
    /// <returns>The message's nonce.</returns>
    public Task<Answer<string>> SayAsync(ChannelId channelId, MessageKind kind, string content, CancellationToken cancellationToken) =>
        throw new NotImplementedException();

    /// <summary>Says something to one person, in the conversation with them, which is made where there is none.</summary>
    /// <returns>The conversation.</returns>
    public Task<Answer<ChannelId>> SayPrivatelyAsync(string to, string content, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Sends a message once more that has <see cref="PendingState.Failed"/>.</summary>
    public Task TryAgainAsync(string nonce, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Deletes a message that has <see cref="PendingState.Failed"/>.</summary>
    public Task DeleteFailedAsync(string nonce, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Finds the conversation with a person, or makes it.</summary>
    public Task<Answer<ChannelId>> OpenConversationAsync(string to, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Makes a channel for everyone.</summary>
    public Task<Answer<ChannelId>> CreateChannelAsync(string name, string description, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Makes sure that the latest page of a log is held; call it when a channel is opened. It asks the server only for what is missing.</summary>
    public Task LoadLatestAsync(ChannelId channelId, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Loads the page just below <paramref name="before"/>, where it is missing.</summary>
    public Task LoadOlderAsync(ChannelId channelId, long before, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Loads the page just above <paramref name="after"/>, where it is missing.</summary>
    public Task LoadNewerAsync(ChannelId channelId, long after, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Loads a page on either side of <paramref name="number"/>, where it is missing: a jump to anywhere in the history.</summary>
    public Task LoadAroundAsync(ChannelId channelId, long number, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The user has read up to <paramref name="number"/>. The store shows it at once; the server is told when it can be.</summary>
    public void MarkRead(ChannelId channelId, long number) => throw new NotImplementedException();

    /// <summary>Ends the session: its token is dead and all of its connections close. Where there is no connection the token is forgotten here, and runs out there.</summary>
    public Task LogOutAsync(CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>Closes the connection and stops trying; the session stays good.</summary>
    public Task DisconnectAsync() => throw new NotImplementedException();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
