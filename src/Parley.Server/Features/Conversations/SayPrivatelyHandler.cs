using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Commands;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Messages;

namespace Parley.Server.Features.Conversations;

internal sealed class SayPrivatelyHandler(Saying saying) : ISayHandler<SayPrivately>
{
    public Refusal? Check(ref SayPrivately command)
    {
        if (Refusal.IsNoName(command.To))
            return Refusal.NoSuchUserOnline(command.To ?? "");
        var refusal = Saying.Check(command.Content, command.Nonce, out var content);
        command = command with { Content = content };
        return refusal;
    }

    public Drafted Draft(SayPrivately command, CommandContext context)
    {
        var to = command.To ?? "";
        var nonce = context.Asker.Level > 1 ? command.Nonce : null;
        if (UserStore.Find(context.Store, UserNameRule.Normalize(to)) is not { } user)
            return Refusal.NoSuchUserOnline(to);

        var (channel, opened) = Conversation.Open(context, user);
        var said = saying.SayIn(context, channel, EventKind.Message, command.Content ?? "", nonce, context.Asker.Level == 1 ? to : null);
        return opened.Count == 0 ? said : said with { Placed = place => said.Placed!(place).EmitFirst(opened) };
    }
}
