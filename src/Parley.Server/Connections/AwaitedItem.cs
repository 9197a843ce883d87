using Parley.Server.Events;

namespace Parley.Server.Connections;

/// <summary>Something for the fan-out to do that somebody waits for.</summary>
internal sealed class AwaitedItem(Action<FanOut> apply) : IFanOutItem
{
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _completion.Task;

    public void Apply(FanOut fanOut)
    {
        try
        {
            apply(fanOut);
        }
        finally
        {
            _completion.TrySetResult();
        }
    }
}
