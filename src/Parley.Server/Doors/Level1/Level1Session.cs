using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.Sending;
using Parley.Server.Features.Messages;

namespace Parley.Server.Doors.Level1;

/// <summary>A connection of level 1: it has a current channel, an echo, and silence as an answer.</summary>
internal sealed class Level1Session(Receiver receiver, Level1Door door) : FrameSession(receiver)
{
    public override FrameCommands Commands => door.Commands;

    public override bool HasRefs => false;

    /// <summary>
    /// The current channel, by the name that it has now; null for none. The fan-out's thread sets it: the reader waits for that where it joins or leaves, and
    /// where the channel was renamed or is gone the peer is told after it was set.
    /// </summary>
    public NamedChannel? Current => Receiver.Listening.Channel;

    // Who names no channel means the current one: by its id, for a rename may be committed and not yet told. Nonces and ids are unknown fields here.
    public override Command? Resolve(Command? command) => command switch
    {
        SayMessage say when IsNamed(say.Channel) => say with { ChannelId = null, Nonce = null, ReplyTo = null },
        SayMessage say => say with { Channel = Current?.Name, ChannelId = Current?.Id, Nonce = null, ReplyTo = null },
        SayAction say when IsNamed(say.Channel) => say with { ChannelId = null, Nonce = null, ReplyTo = null },
        SayAction say => say with { Channel = Current?.Name, ChannelId = Current?.Id, Nonce = null, ReplyTo = null },
        SayPrivately say => say with { Nonce = null },
        _ => command,
    };

    public override InitialSnapshot Enter(Connection connection, Identity identity, AuthResult? login, RequestRef? reference)
    {
        var general = door.General(identity.Id);
        return new Level1Snapshot(identity, general, login ?? throw new InvalidOperationException("Level 1 has no way to come back."), door.Delivery);
    }

    protected override void WriteAnswer(ByteBlock block, Answer answer)
    {
        if (answer.Outcome.Refusal is { } refusal)
            FrameEncoder.Append(block, Level1Words.Of(answer.Command, refusal));
        else if (answer.Outcome.Reply is { } reply && Level1Words.Of(Receiver.Identity, answer.Command, reply) is { } message)
            FrameEncoder.Append(block, message);

        // The echo of what was said elsewhere; in the current channel everybody gets it, and so does who said it.
        foreach (var happened in answer.Outcome.Events)
        {
            if (happened is MessageWasSaid && !happened.Audience.Includes(Receiver))
                Receiver.Dialect.Write(block, happened);
        }
    }

    protected override ServerMessage? ToMessage(Closing closing) => Level1Words.Of(closing, isUnauthenticated: Receiver.Identity is null);

    private static bool IsNamed(string? channel) => ChannelNameRule.Normalize(channel).Length > 0;
}
