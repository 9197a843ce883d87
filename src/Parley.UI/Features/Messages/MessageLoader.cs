using Parley.Client.Connection;

namespace Parley.UI.Features.Messages;

/// <summary>Loads messages for a list until the list is gone. Used on the window's own dispatcher alone.</summary>
/// <param name="onDone">Called after each load, unless the list is gone.</param>
internal sealed class MessageLoader(Action onDone) : IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();

    /// <summary>Whether messages are being loaded.</summary>
    internal bool IsLoading { get; private set; }

    /// <summary>Runs a load. Without a connection it does nothing: the banner tells the user, and the next scroll or connection loads again.</summary>
    internal async Task LoadAsync(Func<CancellationToken, Task> load)
    {
        if (_lifetime.IsCancellationRequested)
            return;
        IsLoading = true;
        try
        {
            await load(_lifetime.Token);
        }
        catch (ConnectionLostException)
        {
            // See above.
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            // The list is gone.
        }
        finally
        {
            IsLoading = false;
            if (!_lifetime.IsCancellationRequested)
                onDone();
        }
    }

    /// <summary>Cancels what is under way.</summary>
    public void Dispose()
    {
        _lifetime.Cancel();
        _lifetime.Dispose();
    }
}
