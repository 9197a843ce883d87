using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Commands;

/// <summary>An expected refusal: a stable code, and words for the person.</summary>
internal sealed record Refusal(string Code, string Message)
{
    private const int MostEchoed = 1_000;

    public static Refusal Invalid(string message) => new(ErrorCode.Invalid, message);

    /// <summary>What a fault is to the one who asked: an outage of the database passes, anything else is a bug of ours. Neither tells what it was.</summary>
    public static Refusal Of(Exception fault) => Storage.Database.IsFault(fault)
        ? new(ErrorCode.Busy, "The server cannot store anything now. Try again later.")
        : new(ErrorCode.Internal, "Something went wrong in the server. Try again.");

    public static Refusal InvalidFormat { get; } = Invalid("Invalid message format.");

    public static Refusal UnknownType(string type) => new(ErrorCode.Unknown, $"Unknown message type: {Echo(type)}");

    public static Refusal NoSuchChannel(string name) => new(ErrorCode.NotFound, $"Channel '{Echo(name)}' not found.");

    /// <summary>Whether a name is so long that nothing can bear it: refused before it waits in a queue or comes back in an echo that fits no frame.</summary>
    public static bool IsNoName(string? name) => name is { Length: > MostEchoed };

    public static Refusal NoSuchUser(string name) => new(ErrorCode.NotFound, $"User '{Echo(name)}' not found.");

    /// <summary>The words of level 1 for whom a message does not reach.</summary>
    public static Refusal NoSuchUserOnline(string name) => new(ErrorCode.NotFound, $"User '{Echo(name)}' not found or offline.");

    // What was sent comes back in the answer; a whole frame of it would not fit one.
    private static string Echo(string text) => text.Length <= MostEchoed ? text : string.Concat(text.AsSpan(0, MostEchoed), "...");
}

/// <summary>What a handler answers with: data, no deed. A refusal, or a reply and the events that the fan-out delivers after the commit.</summary>
internal sealed class Outcome
{
    private Outcome(Refusal? refusal, Reply? reply, IReadOnlyList<ServerEvent> events)
    {
        Refusal = refusal;
        Reply = reply;
        Events = events;
    }

    /// <summary>Nothing to say.</summary>
    public static Outcome Silent { get; } = new(null, null, []);

    public Refusal? Refusal { get; }

    public Reply? Reply { get; }

    public IReadOnlyList<ServerEvent> Events { get; }

    public static Outcome Refuse(Refusal refusal) => new(refusal, null, []);

    /// <summary>Answers the asker. The message bears the asker's ref already.</summary>
    public static Outcome Answer<T>(T message, JsonTypeInfo<T> typeInfo)
        where T : ServerMessage => new(null, new Reply<T>(message, typeInfo), []);

    /// <summary>Says <c>done</c> at level 2, and nothing at level 1, which has no such word.</summary>
    public static Outcome Done(CommandContext context, ChannelId? channel = null) =>
        context.Asker.Level > 1 ? Answer(new Done(channel) { Ref = context.Ref }, ProtocolJson.Default.Done) : Silent;

    /// <summary>The same outcome with events before its own, and before its reply.</summary>
    public Outcome EmitFirst(IReadOnlyList<ServerEvent> events) => events.Count == 0 ? this : new Outcome(Refusal, Reply, [.. events, .. Events]) { TellsFirst = events.Count };

    /// <summary>So many of the events go before the reply.</summary>
    public int TellsFirst { get; private init; }

    /// <summary>Appends the refusal or the reply.</summary>
    /// <param name="block">Where to.</param>
    /// <param name="reference">The asker's mark, for a refusal; a reply bears it already.</param>
    public void WriteAnswer(FrameBlock block, RequestRef? reference)
    {
        try
        {
            if (Refusal is { } refusal)
                block.Append(new ErrorMessage(refusal.Code, refusal.Message) { Ref = reference }, ProtocolJson.Default.ErrorMessage);
            else
                Reply?.Write(block);
        }
        catch (FrameTooLongException)
        {
            block.Append(new ErrorMessage(ErrorCode.Internal, "The answer is too long to be sent.") { Ref = reference }, ProtocolJson.Default.ErrorMessage);
        }
    }

    /// <summary>The same outcome with one event more.</summary>
    public Outcome Emit(ServerEvent happened) => new(Refusal, Reply, [.. Events, happened]);
}

/// <summary>A message to one connection.</summary>
internal abstract class Reply
{
    public abstract void Write(FrameBlock block);
}

internal sealed class Reply<T>(T message, JsonTypeInfo<T> typeInfo) : Reply
{
    public override void Write(FrameBlock block) => block.Append(message, typeInfo);
}

/// <summary>Brings an outcome to the asker and to the events' audiences.</summary>
internal sealed class OutcomeItem(Receiver asker, RequestRef? reference, Outcome outcome) : IFanOutItem
{
    private bool _isAnswered;

    public void Apply(FanOut fanOut)
    {
        for (var i = 0; i < outcome.TellsFirst; i++)
            fanOut.Deliver(outcome.Events[i]);
        try
        {
            outcome.WriteAnswer(fanOut.PrivateBlock(asker), reference);
            _isAnswered = true;
        }
        finally
        {
            // What was committed is told, whatever became of the answer.
            for (var i = outcome.TellsFirst; i < outcome.Events.Count; i++)
                fanOut.Deliver(outcome.Events[i]);
        }
    }

    public void Failed(FanOut fanOut, Exception reason)
    {
        if (!_isAnswered)
            fanOut.PrivateBlock(asker).Append(new ErrorMessage(ErrorCode.Internal, Refusal.Of(reason).Message) { Ref = reference }, ProtocolJson.Default.ErrorMessage);
    }
}

/// <summary>An answer that was written beside the fan-out, which has only to send it.</summary>
internal sealed class WrittenAnswer(Receiver asker, FrameBlock frames) : IFanOutItem
{
    /// <summary>Writes the answer of an outcome that has no events.</summary>
    public static WrittenAnswer Of(Receiver asker, RequestRef? reference, Outcome outcome)
    {
        var frames = FrameBlock.Rent();
        outcome.WriteAnswer(frames, reference);
        return new WrittenAnswer(asker, frames);
    }

    /// <summary>How long it is.</summary>
    public int Bytes => frames.Length;

    public void Apply(FanOut fanOut)
    {
        fanOut.SendWritten(asker, frames);
        FrameBlock.Return(frames);
    }
}
