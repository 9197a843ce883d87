using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Sync;

/// <summary>Sees by the numbers what was missed: pure.</summary>
internal static class GapDetector
{
    /// <summary>The logs that were held up to their latest event before this message, and no longer are after it, each with the last number before the gap.</summary>
    internal static IEnumerable<CatchUpJob> Find(ChatState before, ServerMessage message) => message switch
    {
        // A snapshot tells what was said while the client was away.
        Ready ready when ready.Epoch == before.Epoch && ready.User.Id == before.User?.Id =>
            ready.Channels.Select(c => Gap(before, c.Id, c.LastNumber)).Concat(ready.Conversations.Select(c => Gap(before, c.Id, c.LastNumber))).OfType<CatchUpJob>(),

        // A live event tells that the ones before it never came; a correct server lets none fall out, and nobody has to rely on that.
        EventPushed pushed when Gap(before, pushed.ChannelId, pushed.Event.Number - 1) is { } job => [job],
        _ => [],
    };

    private static CatchUpJob? Gap(ChatState before, ChannelId id, long lastNumber)
    {
        if (!before.Logs.TryGetValue(id, out var log))
            return null;
        return log.IsUpToDate && log.LastNumber < lastNumber ? new CatchUpJob(id, log.LastNumber) : null;
    }
}

/// <summary>A log to be brought up to date.</summary>
/// <param name="ChannelId">Whose log.</param>
/// <param name="After">The last number before the part that is missing; null asks for the latest page alone.</param>
internal readonly record struct CatchUpJob(ChannelId ChannelId, long? After);
