using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;
using Parley.Server.Features.Messages;

namespace Parley.Server.Doors.Level1;

/// <summary>What level 1 says (docs/protocol.md, "Level 1"): of events, of replies, of refusals, of the end. Null stands for silence.</summary>
internal static class Level1Words
{
    public static ServerMessage? Of(ServerEvent happened) => happened switch
    {
        MessageWasSaid { Kind: EventKind.Action } said => new ActionSaid(said.ChannelName, said.Author.Username, said.Content, said.At),
        MessageWasSaid said => new MessageSaid(said.ChannelName, said.Author.Username, said.Content, said.At, said.InLog.Id),
        DirectMessageWasSaid said => new PrivateMessage(said.Author.Username, null, said.Content, said.At),
        ChannelAppeared created => new ChannelCreated(new ChannelEntry(created.Channel.Id, created.Channel.Name, created.Channel.Description)),
        MemberJoined joined => new UserJoined(joined.Channel.Name, joined.Who.Username),
        MemberLeft left => new UserLeft(left.Channel.Name, left.Who.Username),
        MemberCameOrWent member => new StatusChanged(member.Username, member.IsHere ? MemberStatus.Online : MemberStatus.Offline),
        _ => null,
    };

    /// <summary>
    /// Level 1 has no message for a channel that was renamed or is gone: it gets the list anew. Who is in a renamed one joins it by its new name.
    /// </summary>
    /// <returns>The channels, of which each is told those that they see; null where the event is another one.</returns>
    public static IReadOnlyList<ChannelEntry>? AllChannels(ServerEvent happened) => happened switch
    {
        ChannelWasRenamed renamed => renamed.All,
        ChannelDisappeared hidden => hidden.All,
        _ => null,
    };

    /// <summary>For members in a channel that they do not see any more.</summary>
    public static SystemMessage NoLongerThere(string name) => new($"Channel '{name}' is no longer there. Join another one.");

    /// <param name="asker">Who asked; null before the login.</param>
    /// <param name="command">What they asked for.</param>
    /// <param name="reply">The protocol's record of the answer.</param>
    public static ServerMessage? Of(Identity? asker, Command? command, ServerMessage reply) => (command, reply) switch
    {
        // The echo, with the name as it was written.
        (SayPrivately said, Ack ack) => new PrivateMessage(asker?.Username ?? "", said.To ?? "", said.Content ?? "", ack.Timestamp),
        (_, Ack or Done) => null,
        (_, AuthResult result) => result with { Code = null, OneTime = null },
        _ => reply,
    };

    public static ServerMessage Of(Command? command, Refusal refusal) => (command, refusal.Key) switch
    {
        (SayMessage or SayAction, RefusalKey.ChannelNeeded) => new ErrorMessage(ErrorCode.NoChannel, "You must join a channel first."),
        // Who names no channel means the current one, and knows its name and not its id.
        (SayMessage { ChannelId: not null } say, RefusalKey.NoSuchChannel) => RefusalWords.Of(Refusal.NoSuchChannel(say.Channel ?? "")),
        (SayAction { ChannelId: not null } say, RefusalKey.NoSuchChannel) => RefusalWords.Of(Refusal.NoSuchChannel(say.Channel ?? "")),
        // A login is one answer, and the initial snapshot a part of it.
        (_, RefusalKey.SessionEnded) => new AuthResult(false, null, null, LogInHandler.Wrong),
        (_, RefusalKey.ArrivalTooLate) => new AuthResult(false, null, null, PasswordHasher.BusyMessage),
        _ => RefusalWords.Of(refusal),
    };

    public static ChannelJoined Joined(NamedChannel channel, IEnumerable<ChannelEvent> latest, UserEntry[] users) =>
        new(channel.Name, [.. latest.Select(e => new HistoryEntry(e.Author, e.Content, e.Timestamp, e.Kind, e.MessageId))], users);

    public static ServerMessage? Of(Closing closing, bool isUnauthenticated) => closing.Reason switch
    {
        CloseReason.Limit => new ErrorMessage(ErrorCode.Busy, closing.Message),
        CloseReason.Timeout when isUnauthenticated => new ErrorMessage(ErrorCode.NotAuthenticated, closing.Message),
        CloseReason.ProtocolViolation => null,
        _ => new SystemMessage(closing.Message),
    };
}
