using Parley.Client.Features.Rooms;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Sync;

/// <summary>Sees by the numbers what was missed: pure.</summary>
internal static class GapDetector
{
    /// <summary>The logs that this message shows to be behind, each with the last number before the part that is missing.</summary>
    /// <param name="before">The state before the message.</param>
    /// <param name="message">The message.</param>
    internal static IEnumerable<CatchUpJob> Find(ChatState before, ServerMessage message) => message switch
    {
        // What is known is of other data, or somebody else's: it is loaded afresh.
        Ready ready when ready.Epoch != before.Epoch || ready.User.Id != before.User?.Id => [],

        // A live event tells that the ones before it never came; a correct server lets none fall out, and nobody has to rely on that.
        EventPushed pushed when before.LogOf(pushed.ChannelId) is { Held.IsEmpty: false, IsBehind: false } log && log.AsOf < pushed.Event.Number - 1 =>
            [new CatchUpJob(pushed.ChannelId, log.AsOf)],

        // A snapshot tells what was said while the client was away. What a crash or a break has cut short goes on from there, too.
        _ => RoomTold.In(message).Select(told => Behind(before, told.Id, told.LastNumber)).OfType<CatchUpJob>(),
    };

    // A log of which nothing is held is fetched when somebody looks at it; one in which nothing had been said is held to its end.
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
