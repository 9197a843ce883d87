using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>Brings an outcome to the asker and to the events' audiences.</summary>
internal sealed class OutcomeItem(DoorSession asker, Answer answer) : IFanOutItem
{
    private bool _isAnswered;

    public void Apply(FanOut fanOut)
    {
        var outcome = answer.Outcome;
        for (var i = 0; i < outcome.TellsFirst; i++)
            fanOut.Deliver(outcome.Events[i]);
        try
        {
            asker.Write(fanOut.OwnBlock(asker.Receiver), answer);
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
        if (_isAnswered)
            return;
        var refusal = Refusal.Of(reason) with { Code = ErrorCode.Internal }; // What was asked for is done: to ask again is no remedy.
        asker.Write(fanOut.OwnBlock(asker.Receiver), new Answer(null, answer.Ref, Outcome.Refuse(refusal)));
    }
}
