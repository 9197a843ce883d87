using Parley.Client.Features.Rooms;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Sync;

/// <summary>Finds by event numbers what was missed. Pure.</summary>
internal static class GapDetector
{
    /// <summary>The logs that this message shows to be behind, each with the last number before the part that is missing.</summary>
    /// <param name="before">The state before the message.</param>
    /// <param name="message">The message.</param>
    internal static IEnumerable<CatchUpJob> Find(ChatState before, ServerMessage message) => message switch
    {
        // Other data, or another user: the state is reset, so nothing was missed.
        Ready ready when ready.Epoch != before.Epoch || ready.User.Id != before.User?.Id => [],

        // A live event whose predecessor never came. A correct server skips none; this does not rely on it.
        EventPushed pushed when before.LogOf(pushed.ChannelId) is { Held.IsEmpty: false, IsBehind: false } log && log.AsOf < pushed.Event.Number - 1 =>
            [new CatchUpJob(pushed.ChannelId, log.AsOf)],

        // A snapshot tells how far each log went on while the client was away, or while a catch-up was interrupted.
        _ => RoomSnapshot.In(message).Select(told => Behind(before, told.Id, told.LastNumber)).OfType<CatchUpJob>(),
    };

    // A log of which nothing is held is loaded when a window shows it. An empty log is held to its end.
    private static CatchUpJob? Behind(ChatState before, ChannelId id, long lastNumber)
    {
        if (!before.Logs.TryGetValue(id, out var log))
            return null;
        var held = log.Held is [.., var range] ? range.Last : log.LastNumber == 0 ? 0 : lastNumber;
        return held < lastNumber || (!log.Held.IsEmpty && log.AsOf < lastNumber) ? new CatchUpJob(id, held) : null;
    }
}

/// <summary>A log to be brought up to date.</summary>
/// <param name="ChannelId">Whose log.</param>
/// <param name="After">The last number before the part that is missing; null asks for the latest page alone.</param>
internal readonly record struct CatchUpJob(ChannelId ChannelId, long? After);
