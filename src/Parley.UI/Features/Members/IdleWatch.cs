using Parley.Client;
using Parley.UI.State;

namespace Parley.UI.Features.Members;

/// <summary>
/// Whether anybody is at this device: while one of its windows is touched and the screen is not locked, somebody is. It tells every account. One for the
/// program; windows report to it (IdleSensor), and without any window nobody is there after a while, too.
/// </summary>
public sealed class IdleWatch : IDisposable
{
    /// <summary>After so long without a touch nobody is there.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly AccountList _accounts;
    private readonly Dictionary<object, bool> _idleWindows = [];
    private readonly ITimer _withoutWindow;
    private bool _isLocked;

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

    /// <summary>The session was locked or unlocked, which a window does not see by itself. Called on any thread.</summary>
    public event Action<bool>? LockChanged;

    /// <summary>Whether nobody is there.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>The session was locked: nobody is there. Or it was unlocked, by somebody who is. Called on any thread.</summary>
    public void SetLocked(bool isLocked)
    {
        lock (_gate)
        {
            if (isLocked == _isLocked)
                return;
            _isLocked = isLocked;
            foreach (var window in _idleWindows.Keys.ToArray())
                _idleWindows[window] = isLocked;
        }

        LockChanged?.Invoke(isLocked);
        Settle();
    }

    /// <summary>A window was touched, or was not for <see cref="Limit"/>. Some lock screens do not say that they are gone: a touch says it, too.</summary>
    public void Report(object window, bool isIdle)
    {
        lock (_gate)
        {
            _idleWindows[window] = isIdle;
            _isLocked &= isIdle;
        }

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
            IsIdle = _isLocked || _idleWindows.Values.All(isIdle => isIdle);
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
