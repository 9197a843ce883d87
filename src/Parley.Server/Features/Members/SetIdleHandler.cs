using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;

namespace Parley.Server.Features.Members;

/// <summary>Nothing of it is stored: it lasts as long as the connection.</summary>
internal sealed class SetIdleHandler : IStepsHandler<SetIdle>
{
    public ValueTask HandleAsync(SetIdle command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        if (command.Idle is { } isIdle)
        {
            connection.Say(new Idling(connection.Receiver, isIdle));
            connection.Say(Outcome.Done(), reference);
        }
        else
        {
            connection.Refuse(Refusal.Invalid(RefusalKey.IdleNeeded), reference);
        }

        return ValueTask.CompletedTask;
    }

    private sealed class Idling(Receiver asker, bool isIdle) : IFanOutItem
    {
        public void Apply(FanOut fanOut) => fanOut.Attendance.Idle(asker, isIdle);
    }
}
