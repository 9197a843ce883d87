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
