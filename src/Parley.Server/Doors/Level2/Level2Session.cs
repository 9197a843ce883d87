using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.Sending;

namespace Parley.Server.Doors.Level2;

/// <summary>A connection of level 2: every request is answered, with its id; <c>ready</c> is the initial snapshot.</summary>
internal sealed class Level2Session(Receiver receiver, FrameCommands commands, string? serverName) : FrameSession(receiver)
{
    public override FrameCommands Commands => commands;

    public override bool HasRefs => true;

    public override InitialSnapshot Enter(Connection connection, Identity identity, AuthResult? login, RequestRef? reference)
    {
        if (login is null)
            return new Level2Snapshot(identity, reference, serverName);
        connection.Send(Outcome.Answer(login), reference);
        return new Level2Snapshot(identity, reference: null, serverName); // The login is answered: nobody asked for this.
    }

    protected override void WriteAnswer(ByteBlock block, Answer answer)
    {
        var reply = answer.Outcome.Refusal is { } refusal ? RefusalWords.Of(refusal) : answer.Outcome.Reply;
        if (reply is not null)
            FrameEncoder.Append(block, answer.Ref is null ? reply : reply with { Ref = answer.Ref }, answer.Outcome.Members?.Select(member => member.Json));
    }

    protected override ServerMessage? ToMessage(Closing closing) => closing;
}
