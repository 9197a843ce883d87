using Parley.Client;
using Parley.UI.State;

namespace Parley.UI.Features.Members;

/// <summary>
/// Whether anybody is at this device: while one of its windows is touched, somebody is. It tells every account. One for the program; windows report to it
/// (IdleSensor), and without any window nobody is there after a while, too.
/// </summary>
public sealed class IdleWatch : IDisposable
{
    /// <summary>After so long without a touch nobody is there.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly AccountList _accounts;
    private readonly Dictionary<object, bool> _idleWindows = [];
    private readonly ITimer _withoutWindow;

    /// <summary>Watches from now on.</summary>
    public IdleWatch(AccountList accounts, ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(options);
        _accounts = accounts;
        _accounts.Changed += Tell;
        _withoutWindow = options.Time.CreateTimer(_ => Settle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Somebody came or went. Called on any thread.</summary>
    public event Action? Changed;

    /// <summary>Whether nobody is there.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>A window was touched, or was not for <see cref="Limit"/>.</summary>
    public void Report(object window, bool isIdle)
    {
        lock (_gate)
            _idleWindows[window] = isIdle;
        _withoutWindow.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Settle();
    }

    /// <summary>A window is gone. A page that is loaded again comes back at once, so that alone means nothing.</summary>
    public void Leave(object window)
    {
        int left;
        lock (_gate)
        {
            _idleWindows.Remove(window);
            left = _idleWindows.Count;
        }

        if (left == 0)
            _withoutWindow.Change(Limit, Timeout.InfiniteTimeSpan);
        else
            Settle();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _accounts.Changed -= Tell;
        _withoutWindow.Dispose();
    }

    private void Settle()
    {
        bool wasIdle;
        lock (_gate)
        {
            wasIdle = IsIdle;
            IsIdle = _idleWindows.Values.All(isIdle => isIdle);
        }

        Tell();
        if (wasIdle != IsIdle)
            Changed?.Invoke();
    }

    private void Tell()
    {
        foreach (var account in _accounts.All)
            account.Client?.SetIdle(IsIdle);
    }
}
