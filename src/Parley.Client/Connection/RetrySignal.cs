namespace Parley.Client.Connection;

/// <summary>A wait that a person can cut short ("try now").</summary>
internal sealed class RetrySignal(TimeProvider time)
{
    private volatile TaskCompletionSource? _waiting;

    /// <summary>Ends the wait that is on; where there is none, nothing happens.</summary>
    internal void Set() => _waiting?.TrySetResult();

    /// <summary>Waits until the time is over or somebody does not want to wait for it.</summary>
    internal async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var signal = _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            await signal.Task.WaitAsync(delay, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // That is what was waited for.
        }
        finally
        {
            _waiting = null;
        }
    }
}
