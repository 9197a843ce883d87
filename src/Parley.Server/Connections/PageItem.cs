using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>An answer that its connection's next page waits for, whether or not it fails.</summary>
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
