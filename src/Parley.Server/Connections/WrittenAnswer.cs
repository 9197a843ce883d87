using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Events.Sending;

namespace Parley.Server.Connections;

/// <summary>An answer that was written beside the fan-out, which has only to send it.</summary>
internal sealed class WrittenAnswer(DoorSession asker, Answer answer, ByteBlock bytes) : IFanOutItem
{
    /// <summary>Writes the answer of an outcome that has no events.</summary>
    public static WrittenAnswer Of(DoorSession asker, Answer answer)
    {
        var bytes = ByteBlock.Rent();
        asker.Write(bytes, answer);
        return new WrittenAnswer(asker, answer, bytes);
    }

    /// <summary>How long it is.</summary>
    public int Bytes => bytes.Length;

    public void Apply(FanOut fanOut)
    {
        if (answer.Outcome.Of is { } channel && !asker.Receiver.Sees(channel))
            asker.Write(fanOut.OwnBlock(asker.Receiver), answer with { Outcome = Outcome.Refuse(Refusal.NoSuchChannel(channel.ToString())) });
        else
            fanOut.SendWritten(asker.Receiver, bytes);
        ByteBlock.Return(bytes);
    }
}
