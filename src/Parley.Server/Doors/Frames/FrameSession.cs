using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Events.Sending;

namespace Parley.Server.Doors.Frames;

/// <summary>A connection that speaks in frames, at either level.</summary>
internal abstract class FrameSession(Receiver receiver) : DoorSession(receiver)
{
    /// <summary>What may be asked for at this level.</summary>
    public abstract FrameCommands Commands { get; }

    /// <summary>Whether requests have an id (<c>ref</c>). Where not, it is an unknown field.</summary>
    public abstract bool HasRefs { get; }

    /// <summary>The command with what this level leaves open filled in, such as the current channel; null where the fields could not be read.</summary>
    public virtual Command? Resolve(Command? command) => command;

    public sealed override void Write(ByteBlock block, Answer answer)
    {
        try
        {
            WriteAnswer(block, answer);
        }
        catch (FrameTooLongException)
        {
            FrameEncoder.Append(block, RefusalWords.Of(Refusal.AnswerTooLong) with { Ref = answer.Ref });
        }
    }

    public sealed override void Write(ByteBlock block, Closing closing)
    {
        if (ToMessage(closing) is { } message)
            FrameEncoder.Append(block, message);
    }

    /// <exception cref="FrameTooLongException">It fits no frame.</exception>
    protected abstract void WriteAnswer(ByteBlock block, Answer answer);

    /// <summary>Why the connection ends; null for nothing.</summary>
    protected abstract ServerMessage? ToMessage(Closing closing);
}
