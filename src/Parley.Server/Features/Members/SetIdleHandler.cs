using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Events;

namespace Parley.Server.Features.Members;

/// <summary>Nothing of it is stored: it lasts as long as the connection.</summary>
internal sealed class SetIdleHandler : IAnswerHandler<SetIdle>
{
    public Outcome Handle(SetIdle command, Receiver asker) => command.Idle is { } isIdle
        ? Outcome.Done().EmitFirst([new DeviceIdled(asker, isIdle)])
        : Outcome.Refuse(Refusal.Invalid(RefusalKey.IdleNeeded));
}
