using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Events.People;

namespace Parley.Server.Features.Members;

/// <summary>It is not stored: it lasts as long as the connection.</summary>
internal sealed class SetIdleHandler : IAnswerHandler<SetIdle>
{
    public Refusal? Check(ref SetIdle command) => command.Idle is null ? Refusal.Invalid(RefusalKey.IdleNeeded) : null;

    public Outcome Handle(SetIdle command, Receiver asker) =>
        Outcome.Done().EmitFirst([new DeviceIdled(asker, command.Idle == true)]);
}
