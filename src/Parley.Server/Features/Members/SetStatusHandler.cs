using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Features.Accounts;

namespace Parley.Server.Features.Members;

internal sealed class SetStatusHandler : IWriteHandler<SetStatus>
{
    public Refusal? Check(ref SetStatus command)
    {
        if (command.Status is not (MemberStatus.Online or MemberStatus.DoNotDisturb))
            return Refusal.Invalid("Status must be 'online' or 'dnd'.");
        command = command with { Text = StatusTextRule.Normalize(command.Text) };
        return StatusTextRule.Check(command.Text ?? "") is { } error ? Refusal.Invalid(error) : null;
    }

    public Outcome Handle(SetStatus command, CommandContext context)
    {
        var chosen = new ChosenStatus(command.Status ?? MemberStatus.Online, command.Text ?? "");
        UserStore.SetStatus(context.Store, context.Actor.Id, chosen);
        return Outcome.Done(context).Emit(new StatusWasSet(context.Actor.Id, chosen));
    }
}

/// <summary>Somebody chose a status. Who is here keeps it, and tells it with the next presence.</summary>
internal sealed class StatusWasSet(UserId user, ChosenStatus chosen) : ServerEvent
{
    public override Audience Audience => Audience.Nobody;

    public override void Apply(FanOut fanOut) => fanOut.Attendance.Choose(user, chosen);
}
