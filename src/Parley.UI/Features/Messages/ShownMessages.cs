using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Wire;

namespace Parley.UI.Features.Messages;

/// <summary>The messages of a room as the user sees them: with their own changes that are on their way.</summary>
internal static class ShownMessages
{
    /// <summary>The message of a number; null where it is not in memory, or was deleted.</summary>
    internal static Message? Find(ChatState state, ChannelId id, long number)
    {
        var log = state.LogOf(id);
        return log.RunOf(number) is { } run ? Seen(state, id, log.MessagesIn(run, number, number).FirstOrDefault()) : null;
    }

    /// <summary>The last one that the user wrote, of those that are in memory up to the present; null where there is none.</summary>
    internal static Message? LastOwn(ChatState state, ChannelId id)
    {
        var log = state.LogOf(id);
        if (log.LatestRun is not { } run || state.User is not { } user)
            return null;
        for (var i = run.Rows.Count - 1; i >= 0; i--)
        {
            if (log[run.Rows[i]] is var message && message.AuthorId == user.Id && Seen(state, id, message) is { } seen)
                return seen;
        }

        return null;
    }

    private static Message? Seen(ChatState state, ChannelId id, Message? message) =>
        message is not null && PendingChanges.Apply(message, state.OutboxOf(id)) is { IsDeleted: false } seen ? seen : null;
}
