using Parley.Protocol.Wire;

namespace Parley.Client.Connection;

/// <summary>The requests of one connection that wait for their answers.</summary>
internal sealed class PendingRequests
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (Command Ask, TaskCompletionSource<ServerMessage> Answer)> _waiting = [];
    private ConnectionLostException? _lost;
    private long _lastRef;

    /// <summary>Takes the next ref and sends the request with it, in one step: requests leave in the order of their refs.</summary>
    internal Task<ServerMessage> Enqueue(Command ask, Func<RequestRef, bool> send)
    {
        var answer = new TaskCompletionSource<ServerMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lost is not null)
                return Task.FromException<ServerMessage>(_lost);
            var reference = ++_lastRef;
            if (!send(RequestRef.FromNumber(reference)))
                return Task.FromException<ServerMessage>(new ConnectionLostException());
            _waiting.Add(reference, (ask, answer));
        }

        return answer.Task;
    }

    /// <summary>The request that a message answers; null where nobody asked for it.</summary>
    internal Command? AskOf(ServerMessage message)
    {
        if (message.Ref?.Number is not { } reference)
            return null;
        lock (_gate)
            return _waiting.GetValueOrDefault(reference).Ask;
    }

    /// <summary>Hands an answer to the one who asked; what nobody asked for it leaves alone.</summary>
    internal void Answer(ServerMessage message)
    {
        if (message.Ref?.Number is not { } reference)
            return;
        (Command Ask, TaskCompletionSource<ServerMessage> Answer) waiting;
        lock (_gate)
        {
            if (!_waiting.Remove(reference, out waiting))
                return;
        }

        waiting.Answer.TrySetResult(message);
    }

    internal void FailAll(ConnectionLostException lost)
    {
        TaskCompletionSource<ServerMessage>[] answers;
        lock (_gate)
        {
            _lost = lost;
            answers = [.. _waiting.Values.Select(waiting => waiting.Answer)];
            _waiting.Clear();
        }

        foreach (var answer in answers)
        {
            answer.TrySetException(lost);
            _ = answer.Task.Exception; // Seen, should the asker have given up.
        }
    }
}
