using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Channels;

internal sealed class CreateChannelHandler : IWriteHandler<CreateChannel>
{
    public Refusal? Check(ref CreateChannel command)
    {
        var name = ChannelNameRule.Normalize(command.Name);
        var description = DescriptionRule.Normalize(command.Description);
        command = command with { Name = name, Description = description };
        return (ChannelNameRule.Check(name) ?? DescriptionRule.Check(description)) is { } wrong ? Refusal.Invalid(wrong) : null;
    }

    public Outcome Handle(CreateChannel command, CommandContext context)
    {
        var (name, description) = (command.Name ?? "", command.Description ?? "");
        if (ChannelStore.Add(context.Store, name, description, context.Actor.Id, context.At) is not { } id)
            return Outcome.Refuse(new Refusal(ErrorCode.Exists, $"Channel '{name}' already exists."));
        if (ChannelStore.CountPublic(context.Store) > ChannelStore.MostPublic)
            return Outcome.Refuse(Refusal.Invalid($"There are {ChannelStore.MostPublic} channels already: no more fit."));
        return Outcome.Done(context, id).Emit(new ChannelWasCreated(new ChannelEntry(id, name, description)));
    }
}
