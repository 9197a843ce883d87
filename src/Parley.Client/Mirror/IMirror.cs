using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.State;
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

    /// <summary>What it held when it was opened, without messages in memory; nothing is connected.</summary>
    ChatState Loaded { get; }

    /// <summary>Who there was when it was opened: everybody is away.</summary>
    KnownMembers LoadedMembers { get; }

    /// <summary>Saves who there is; who of them is here is of no use without a connection. Called on the reading loop.</summary>
    void SaveMembers(KnownMembers members);

    /// <summary>Saves what was told of a log, after it was folded into the state, on the reading loop.</summary>
    /// <param name="update">What was told.</param>
    /// <param name="asOf">The log's <see cref="RoomLog.AsOf"/> from then on.</param>
    /// <param name="revision">The log's revision from then on, which pages bear that are read later.</param>
    void Save(LogUpdate update, long asOf, long revision);

    /// <summary>Saves what waits to be said or changed, so that it outlives the end of the program.</summary>
    /// <param name="entry">The message or change; the state does not have it yet.</param>
    /// <param name="onSaved">
    /// Puts it into the state. It is called once, before this is over: after the entry is kept, and before the mirror looks at the state again, or it would
    /// take the entry for one that was sent. It is called where it could not be kept, too.
    /// </param>
    Task SaveAsync(OutboxEntry entry, Action onSaved);

    /// <summary>Messages of a log, with what they quote, from one end of a range of numbers on.</summary>
    /// <param name="id">Whose log.</param>
    /// <param name="within">The range; what of it is not held is left out.</param>
    /// <param name="isFromEnd">Whether they are the last in the range, or the first.</param>
    /// <param name="limit">How many messages at the most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The page; null where that end of the range is not held.</returns>
    Task<MirrorPage?> ReadAsync(ChannelId id, NumberRange within, bool isFromEnd, int limit, CancellationToken cancellationToken);

    /// <summary>The number of the first message of a time or later that is there to be read, as far as it is held.</summary>
    Task<long?> FindAsync(ChannelId id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Closes, and leaves nothing of the account.</summary>
    Task EraseAsync();
}

/// <summary>What a mirror holds of a stretch of a log.</summary>
/// <param name="Update">The messages and the numbers that they account for.</param>
/// <param name="Revision">The log's revision that it was read at (<see cref="IMirror.Save"/>); 0 where nothing was kept since the mirror was opened.</param>
public sealed record MirrorPage(LogUpdate Update, long Revision);
