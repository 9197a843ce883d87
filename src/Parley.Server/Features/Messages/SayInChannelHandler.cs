using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Features.Messages;

/// <summary><c>message</c> and <c>action</c>, which differ in their kind alone.</summary>
/// <param name="kind">As what it stands in the log.</param>
/// <param name="read">The command's fields.</param>
/// <param name="withContent">The command with its text cleaned.</param>
internal sealed class SayInChannelHandler<TCommand>(string kind, Func<TCommand, ChannelPost> read, Func<TCommand, string, TCommand> withContent)
    : ISayHandler<TCommand>
    where TCommand : Command
{
    public Refusal? Check(ref TCommand command)
    {
        var post = read(command);
        var refusal = Saying.CheckInChannel(post.Channel, post.Content, post.Nonce, out var content);
        command = withContent(command, content);
        return refusal;
    }

    public Drafted Draft(TCommand command, CommandContext context)
    {
        var post = read(command);
        return Saying.Say(context, kind, post.ChannelId, post.Channel, post.Content ?? "", post.Nonce, post.ReplyTo);
    }
}
