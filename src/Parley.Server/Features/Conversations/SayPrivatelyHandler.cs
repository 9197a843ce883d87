using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Commands;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.Conversations;

internal sealed class SayPrivatelyHandler : ISayHandler<SayPrivately>
{
    public Refusal? Check(ref SayPrivately command)
    {
        if (Refusal.IsNoName(command.To))
            return Refusal.NobodyToTalkWith(command.To ?? "");
        var refusal = Saying.Check(command.Content, command.Nonce, out var content);
        command = command with { Content = content };
        return refusal;
    }

    public Drafted Draft(SayPrivately command, CommandContext context)
    {
        var to = command.To ?? "";
        if (UserStore.Find(context.Db, UserNameRule.Normalize(to)) is not { } user)
            return Refusal.NobodyToTalkWith(to);

        var (channel, opened) = Conversation.Open(context, user);
        var said = Saying.SayIn(context, channel, EventKind.Message, command.Content ?? "", command.Nonce);
        return said with { Appended = position => said.Appended!(position).EmitFirst(opened) };
    }
}
