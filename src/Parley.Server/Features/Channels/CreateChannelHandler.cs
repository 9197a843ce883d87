using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Channels;

internal sealed class CreateChannelHandler : IWriteHandler<CreateChannel>
{
    /// <summary>Level 1 has no pages: all channels have to fit one frame, <c>channel_info</c> (docs/protocol.md, "Limits"), which each of its logins gets.</summary>
    public const int MostChannels = 500;

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
        if (ChannelStore.CountPublic(context.Store) > MostChannels)
            return Outcome.Refuse(Refusal.Invalid($"There are {MostChannels} channels already: no more fit."));
        return Outcome.Done(context, id).Emit(new ChannelWasCreated(new ChannelEntry(id, name, description)));
    }
}
