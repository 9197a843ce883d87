using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Commands;
using Parley.Server.Events.People;
using Parley.Server.Features.Accounts;

namespace Parley.Server.Features.Members;

internal sealed class SetStatusHandler : IWriteHandler<SetStatus>
{
    public Refusal? Check(ref SetStatus command)
    {
        if (command.Status is not (MemberStatus.Online or MemberStatus.DoNotDisturb))
            return Refusal.Invalid(RefusalKey.StatusUnknown);
        command = command with { Text = StatusTextRule.Normalize(command.Text) };
        return StatusTextRule.Check(command.Text ?? "") is { } wrong ? Refusal.OfRule(wrong) : null;
    }

    public Outcome Handle(SetStatus command, CommandContext context)
    {
        var chosen = new ChosenStatus(command.Status ?? MemberStatus.Online, command.Text ?? "");
        UserStore.SetStatus(context.Db, context.Actor.Id, chosen);
        return Outcome.Done().Emit(new StatusChosen(context.Actor.Id, chosen));
    }
}
