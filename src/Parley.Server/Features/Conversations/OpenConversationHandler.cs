using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Commands;
using Parley.Server.Features.Accounts;

namespace Parley.Server.Features.Conversations;

internal sealed class OpenConversationHandler : IWriteHandler<OpenConversation>
{
    public Refusal? Check(ref OpenConversation command) => Refusal.IsNoName(command.To) ? Refusal.NobodyToTalkWith(command.To ?? "") : null;

    public Outcome Handle(OpenConversation command, CommandContext context)
    {
        var to = command.To ?? "";
        if (UserStore.Find(context.Db, UserNameRule.Normalize(to)) is not { } user)
            return Outcome.Refuse(Refusal.NobodyToTalkWith(to));
        var (channel, opened) = Conversation.Open(context, user);
        return Outcome.Done(channel.Id).EmitFirst(opened);
    }
}
