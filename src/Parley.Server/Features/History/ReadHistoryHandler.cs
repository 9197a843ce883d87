using System.Globalization;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.History;

internal sealed class ReadHistoryHandler : IReadHandler<ReadHistory>
{
    public Refusal? Check(ref ReadHistory command)
    {
        if (command.Limit is < 1 or > ReadHistory.MaxLimit)
            return Refusal.Invalid(RefusalKey.HistoryPageTooLong, ReadHistory.MaxLimit.ToString(CultureInfo.InvariantCulture));
        return IsUnclear(command) ? Refusal.Invalid(RefusalKey.HistoryPositionUnclear) : null;
    }

    public Outcome Handle(ReadHistory command, CommandContext context)
    {
        var limit = command.Limit ?? ReadHistory.DefaultLimit;
        if (command.ChannelId is not { } id || ChannelAccess.Find(context.Db, context.Actor.Id, id) is not { } channel)
            return Outcome.Refuse(Refusal.NoSuchChannel(command.ChannelId?.ToString() ?? ""));

        var pages = new HistoryPages(context.Db, channel, context.Actor.Id, limit);
        if (command.ChangedAfter is { } changed)
            return Outcome.Content(id, pages.ChangedAfter(changed));
        var after = command.At is { } time ? MessageStore.LastBefore(context.Db, id, WireTime.ToMicroseconds(time), channel.LastNumber) : command.After;
        var areRows = command.Rows == true;
        if (after is { } number)
            return Outcome.Content(id, areRows ? pages.RowsAfter(number) : pages.After(number));
        var before = command.Before ?? long.MaxValue;
        return Outcome.Content(id, areRows ? pages.RowsBefore(before) : pages.Before(before));
    }

    private static bool IsUnclear(ReadHistory command)
    {
        var positions = new[] { command.Before, command.After, command.ChangedAfter };
        return positions.Count(position => position is not null) + (command.At is null ? 0 : 1) > 1 || positions.Any(position => position < 0);
    }
}
