using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Messages;
using Parley.Server.Storage;

namespace Parley.Server.Doors.Level1;

/// <summary>Goes to another channel. What is said there while its history is read is kept, so that nothing is missed and nothing comes twice.</summary>
internal sealed class JoinChannelHandler(Database database) : IStepsHandler<JoinChannel>
{
    public async ValueTask HandleAsync(JoinChannel command, Connection connection, RequestRef? reference, CancellationToken cancellationToken)
    {
        var name = ChannelNameRule.Normalize(command.Channel);
        if (name.Length == 0)
        {
            connection.Refuse(Refusal.Invalid(RefusalKey.ChannelNeeded), reference);
            return;
        }

        await connection.WritesSettledAsync(cancellationToken);
        if (database.Read(db => ChannelAccess.Find(db, connection.Identity.Id, name)) is not { } channel)
        {
            connection.Refuse(Refusal.NoSuchChannel(name), reference);
            return;
        }

        var receiver = connection.Receiver;
        var joined = new NamedChannel(channel.Id, channel.Name);
        await connection.AnswerHeldAsync(BeginMove, Write, cancellationToken);

        OccupantNames BeginMove(FanOut fanOut)
        {
            receiver.Listening = Listening.To(joined);
            return fanOut.NamesIn(joined);
        }

        HeldAnswer Write(OccupantNames names)
        {
            // Looked for again: they may see it no more since it was found.
            var (isThere, history, lastNumber) = database.Read(db => Latest(db, connection.Identity.Id, joined.Id));
            var block = ByteBlock.Rent();
            FrameEncoder.Append(block, isThere
                ? Level1Words.Joined(joined, history, UserEntries.First(names, receiver.Identity?.Username))
                : Level1Words.NoLongerThere(joined.Name));
            return new HeldAnswer(
                block,
                happened => happened.Position is { } at && at.Channel == joined.Id && at.Number <= lastNumber,
                fanOut => fanOut.Attendance.Moved(fanOut, receiver))
            {
                Listening = isThere ? null : Listening.ToNone,
            };
        }
    }

    private static (bool IsThere, List<ChannelEvent> History, long LastNumber) Latest(DatabaseConnection db, UserId viewer, ChannelId channel) =>
        ChannelAccess.Find(db, viewer, channel) is null
            ? (false, [], 0)
            : (true, MessageStore.Latest(db, channel), MessageStore.LastNumber(db, channel));
}
