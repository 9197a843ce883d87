using System.Globalization;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.History;

/// <summary>Paging through a log in both directions.</summary>
internal static class HistoryFeature
{
    public static void Map(CommandTable table) =>
        table.Read("history", new ReadHistoryHandler());
}

internal sealed class ReadHistoryHandler : IReadHandler<ReadHistory>
{
    public Outcome Handle(ReadHistory command, CommandContext context)
    {
        var limit = command.Limit ?? ReadHistory.DefaultLimit;
        if (limit is < 1 or > ReadHistory.MaxLimit)
            return Outcome.Refuse(Refusal.Invalid(RefusalKey.HistoryPageTooLong, ReadHistory.MaxLimit.ToString(CultureInfo.InvariantCulture)));
        if (command is { Before: not null, After: not null } or { At: not null, Before: not null } or { At: not null, After: not null } or { Before: < 0 } or { After: < 0 })
            return Outcome.Refuse(Refusal.Invalid(RefusalKey.HistoryPlaceUnclear));
        if (command.ChannelId is not { } id || ChannelAccess.Find(context.Store, context.Actor.Id, id) is not { } channel)
            return Outcome.Refuse(Refusal.NoSuchChannel(command.ChannelId?.ToString() ?? ""));

        var after = command.At is { } time ? MessageStore.LastBefore(context.Store, id, WireTime.ToMicroseconds(time), channel.LastNumber) : command.After;
        var isForward = after is not null;
        var found = isForward
            ? MessageStore.After(context.Store, id, after ?? 0, limit)
            : MessageStore.Before(context.Store, id, command.Before ?? long.MaxValue, limit);
        var page = FrameBudget.Take(found);
        if (!isForward)
            page.Reverse();
        var more = page.Count > 0 && (isForward ? page[^1].Number < channel.LastNumber : page[0].Number > 1);
        return Outcome.Answer(new HistoryPage(id, page, channel.LastNumber, more));
    }
}
