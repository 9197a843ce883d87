using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>An item that somebody awaits; where it fails, their await throws.</summary>
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
