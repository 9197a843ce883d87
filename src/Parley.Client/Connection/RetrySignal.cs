namespace Parley.Client.Connection;

/// <summary>A wait that a person can cut short ("try now"), and that is over when the machine wakes.</summary>
internal sealed class RetrySignal(TimeProvider time)
{
    private volatile TaskCompletionSource? _waiting;

    /// <summary>Ends the wait that is on; where there is none, nothing happens.</summary>
    internal void Set() => _waiting?.TrySetResult();

    /// <summary>Waits until the time is over or somebody does not want to wait for it.</summary>
    internal async Task WaitAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        var signal = _waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (sleep, start) = (new SleepDetector(time), time.GetTimestamp());
        try
        {
            while (delay - time.GetElapsedTime(start) is var rest && rest > TimeSpan.Zero && !sleep.HasSlept())
            {
                using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var step = Task.Delay(rest < SleepDetector.Step ? rest : SleepDetector.Step, time, ended.Token);
                var first = await Task.WhenAny(signal.Task, step).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                await ended.CancelAsync().ConfigureAwait(false);
                if (first == signal.Task)
                    break;
            }
        }
        finally
        {
            _waiting = null;
        }
    }
}
