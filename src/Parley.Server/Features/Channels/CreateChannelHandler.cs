using System.Globalization;
using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Channels;

internal sealed class CreateChannelHandler(int mostAnHour) : IWriteHandler<CreateChannel>
{
    private const long MinuteMicroseconds = 60_000_000;
    private const long HourMicroseconds = 60 * MinuteMicroseconds;

    public Refusal? Check(ref CreateChannel command)
    {
        var name = ChannelNameRule.Normalize(command.Name);
        var description = DescriptionRule.Normalize(command.Description);
        command = command with { Name = name, Description = description };
        return (ChannelNameRule.Check(name) ?? DescriptionRule.Check(description)) is { } wrong ? Refusal.OfRule(wrong) : null;
    }

    public Outcome Handle(CreateChannel command, CommandContext context)
    {
        var (name, description) = (command.Name ?? "", command.Description ?? "");
        // Before anything is written: what is written and then undone costs its neighbours a round.
        if (ChannelStore.IsTaken(context.Db, name))
            return Exists(name);
        if (ChannelStore.CountShown(context.Db) >= ChannelStore.MostChannels)
            return Outcome.Refuse(Refusal.Invalid(RefusalKey.TooManyChannels, ChannelStore.MostChannels.ToString(CultureInfo.InvariantCulture)));
        if (Wait(context) is { } minutes)
            return Outcome.Refuse(new Refusal(ErrorCode.RateLimited, RefusalKey.TooManyNewChannels, minutes.ToString(CultureInfo.InvariantCulture)));
        if (ChannelStore.Add(context.Db, name, description, context.Actor.Id, context.At) is not { } id)
            return Exists(name);
        return Outcome.Done(id).Emit(new ChannelAppeared(new ChannelEntry(id, name, description)));
    }

    private static Outcome Exists(string name) => Outcome.Refuse(new Refusal(ErrorCode.Exists, RefusalKey.ChannelExists, name));

    /// <summary>In how many minutes the user may make a channel again; null: now. The channels themselves say it, so that a restart forgets nothing.</summary>
    private long? Wait(CommandContext context)
    {
        if (mostAnHour == 0)
            return null;
        var made = ChannelStore.MadeSince(context.Db, context.Actor.Id, context.At - HourMicroseconds, context.At);
        if (made.Count < mostAnHour)
            return null;
        var free = made[^mostAnHour] + HourMicroseconds;
        return Math.Max(1, (free - context.At + MinuteMicroseconds - 1) / MinuteMicroseconds);
    }
}
