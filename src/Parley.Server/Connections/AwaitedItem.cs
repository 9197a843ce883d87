using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>Something for the fan-out to do that somebody waits for; where it fails, the fault is theirs.</summary>
internal sealed class AwaitedItem(Action<FanOut> apply) : IFanOutItem
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _completion.Task;

    public void Apply(FanOut fanOut)
    {
        apply(fanOut);
        _completion.TrySetResult();
    }

    public void Failed(FanOut fanOut, Exception reason) => _completion.TrySetException(reason);
}

/// <summary>An answer that the next one of its connection waits for, whatever becomes of it.</summary>
internal sealed class PageItem(IFanOutItem answer, Action? handedOver) : IFanOutItem
{
    private readonly TaskCompletionSource _handedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task HandedOver => _handedOver.Task;

    public void Apply(FanOut fanOut)
    {
        answer.Apply(fanOut);
        Done();
    }

    public void Failed(FanOut fanOut, Exception reason)
    {
        Done();
        answer.Failed(fanOut, reason);
    }

    private void Done()
    {
        if (_handedOver.TrySetResult())
            handedOver?.Invoke();
    }
}

/// <summary>What is told to a connection while events are held for it. Where it fails the connection is closed: its hold would never end.</summary>
internal sealed class HeldItem(IFanOutItem item, Action broke) : IFanOutItem
{
    public void Apply(FanOut fanOut) => item.Apply(fanOut);

    public void Failed(FanOut fanOut, Exception reason)
    {
        item.Failed(fanOut, reason);
        broke();
    }
}
