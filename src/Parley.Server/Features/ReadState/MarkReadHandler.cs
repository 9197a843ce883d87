using Parley.Protocol.Features;
using Parley.Server.Commands;
using Parley.Server.Features.Channels;

namespace Parley.Server.Features.ReadState;

internal sealed class MarkReadHandler : IWriteHandler<MarkRead>
{
    public Refusal? Check(ref MarkRead command) =>
        command is { ChannelId: not null, Number: >= 0 } ? null : Refusal.Invalid(RefusalKey.ChannelAndNumberNeeded);

    public Outcome Handle(MarkRead command, CommandContext context)
    {
        var id = command.ChannelId ?? default;
        if (ChannelAccess.Find(context.Db, context.Actor.Id, id) is not { } channel)
            return Outcome.Refuse(Refusal.NoSuchChannel(id.ToString()));
        var number = Math.Min(command.Number ?? 0, channel.LastNumber);
        var done = Outcome.Done();
        if (!ReadStateStore.Move(context.Db, context.Actor.Id, id, number) || ReadStateStore.Find(context.Db, context.Actor.Id, id) is not { } moved)
            return done;
        return done.Emit(new ReadPositionMoved(context.Actor.Id, new ReadMoved(id, number, moved.Unread, moved.Mentions)));
    }
}
