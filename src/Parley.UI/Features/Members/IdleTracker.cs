using Parley.Client;
using Parley.UI.State;

namespace Parley.UI.Features.Members;

/// <summary>
/// Tracks whether anybody uses this device, and tells every account. One for the program: each window reports to it (IdleSensor); somebody is there while
/// one window is in use and the screen is not locked. Without any window nobody is there after <see cref="Limit"/>.
/// </summary>
public sealed class IdleTracker : IDisposable
{
    /// <summary>After so long without use nobody is there.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly AccountList _accounts;
    private readonly Dictionary<object, bool> _idleWindows = [];
    private readonly ITimer _noWindowTimer;
    private bool _isLocked;

    /// <summary>Starts to track.</summary>
    public IdleTracker(AccountList accounts, ChatClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(accounts);
        ArgumentNullException.ThrowIfNull(options);
        _accounts = accounts;
        _accounts.Changed += Tell;
        _noWindowTimer = options.Time.CreateTimer(_ => Update(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
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
        Update();
    }

    /// <summary>A window was used, or was not for <see cref="Limit"/>. Some lock screens do not say that they are gone: its use says it, too.</summary>
    public void Report(object window, bool isIdle)
    {
        lock (_gate)
        {
            _idleWindows[window] = isIdle;
            _isLocked &= isIdle;
        }

        _noWindowTimer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Update();
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
            _noWindowTimer.Change(Limit, Timeout.InfiniteTimeSpan);
        else
            Update();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _accounts.Changed -= Tell;
        _noWindowTimer.Dispose();
    }

    private void Update()
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
