using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Mirror;

/// <summary>
/// The local mirror of one account: see the README beside this file. It looks at the state by itself, as it changes; its end writes what is left. A fault of
/// it costs what it gives, and is told to the log: nothing here throws one.
/// </summary>
public interface IMirror : IAsyncDisposable
{
    /// <summary>Whose mirror it is.</summary>
    string Username { get; }

    /// <summary>What it held when it was opened, without events in memory: everybody is away, and nothing is connected.</summary>
    ChatState Loaded { get; }

    /// <summary>Looks at each message after it was folded into the state, on the reading loop: what it says of logs is to be kept.</summary>
    void Notice(ServerMessage message);

    /// <summary>Keeps a message that waits to be said, so that it outlives the end of the program.</summary>
    /// <param name="message">The message; the state does not have it yet.</param>
    /// <param name="onKept">
    /// Puts it into the state. It is called once, before this is over: after the message is kept, and before the mirror looks at the state again, or it would
    /// take the message for one that was said. It is called where the message could not be kept, too.
    /// </param>
    Task KeepAsync(PendingMessage message, Action onKept);

    /// <summary>The events of a log between two numbers, both included, as far as they are held.</summary>
    Task<IReadOnlyList<ChannelEvent>> ReadAsync(ChannelId id, long first, long last, CancellationToken cancellationToken);

    /// <summary>The number of the first event of a time or later, as far as it is held.</summary>
    Task<long?> FindAsync(ChannelId id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Closes, and leaves nothing of the account.</summary>
    Task EraseAsync();
}
