using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Events;

namespace Parley.Server.Features.Accounts;

internal sealed class PingHandler : IAnswerHandler<Ping>
{
    public Outcome Handle(Ping command, Receiver asker) => Outcome.Answer(new Pong());
}
