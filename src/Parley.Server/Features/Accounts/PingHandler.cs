using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;

namespace Parley.Server.Features.Accounts;

internal sealed class PingHandler : IStepsHandler<Ping>
{
    public ValueTask HandleAsync(Ping command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        connection.Say(Outcome.Answer(new Pong()), reference);
        return ValueTask.CompletedTask;
    }
}
