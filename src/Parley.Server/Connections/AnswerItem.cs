using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>
/// An answer that is put together on the fan-out's thread, from what is known there. Where that fails the asker gets a refusal: every request has an answer.
/// </summary>
/// <param name="asker">Who is answered.</param>
/// <param name="reference">The request id, which the answer repeats.</param>
/// <param name="make">Makes the answer, on the fan-out's thread.</param>
internal sealed class AnswerItem(DoorSession asker, RequestRef? reference, Func<FanOut, Outcome> make) : IFanOutItem
{
    public void Apply(FanOut fanOut)
    {
        var outcome = make(fanOut);
        asker.Write(fanOut.OwnBlock(asker.Receiver), new Answer(null, reference, outcome));
    }

    public void Failed(FanOut fanOut, Exception reason) =>
        asker.Write(fanOut.OwnBlock(asker.Receiver), new Answer(null, reference, Outcome.Refuse(Refusal.Of(reason))));
}
