namespace Parley.Server.Limits;

/// <summary>What one user or one address may still cost (a token bucket), over all their connections.</summary>
internal sealed class Budget(int perSecond, int burst, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _left = burst;
    private long _at = time.GetTimestamp();

    /// <summary>Connections that take from it. Belongs to <see cref="Budgets{TKey}"/>.</summary>
    public int Holders { get; set; }

    /// <summary>Whether nothing is missing, so that a new one would be the same.</summary>
    public bool IsFull
    {
        get
        {
            lock (_gate)
            {
                Fill();
                return _left >= burst;
            }
        }
    }

    /// <summary>Takes what a command costs; false where that is not there, and then nothing is taken.</summary>
    public bool TryTake(int cost)
    {
        lock (_gate)
        {
            if (_left < cost)
                Fill();
            if (_left < cost)
                return false;
            _left -= cost;
            return true;
        }
    }

    /// <summary>Takes what something has cost that is known only afterwards, more than is left, too.</summary>
    public void Owe(int cost)
    {
        lock (_gate)
        {
            Fill();
            _left -= cost;
        }
    }

    /// <summary>How long until nothing is owed any more.</summary>
    public TimeSpan UntilEven
    {
        get
        {
            lock (_gate)
            {
                Fill();
                return _left >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_left / perSecond);
            }
        }
    }

    /// <summary>How long until nothing is missing any more.</summary>
    public TimeSpan UntilFull
    {
        get
        {
            lock (_gate)
            {
                Fill();
                return TimeSpan.FromSeconds((burst - _left) / perSecond);
            }
        }
    }

    public void GiveBack(int cost)
    {
        lock (_gate)
            _left = Math.Min(burst, _left + cost);
    }

    private void Fill()
    {
        var now = time.GetTimestamp();
        _left = Math.Min(burst, _left + (time.GetElapsedTime(_at, now).TotalSeconds * perSecond));
        _at = now;
    }
}

/// <summary>
/// The budgets of all users, or of all addresses. One that nobody takes from is kept until it is full again: to go and come back is no way to a new one.
/// </summary>
/// <param name="perSecond">What each gets a second; 0: no limit. It saves up for five.</param>
/// <param name="time">The clock.</param>
internal sealed class Budgets<TKey>(int perSecond, TimeProvider time)
    where TKey : notnull
{
    public const int BurstSeconds = 5;

    // What the dearest command costs: a small budget makes it rare, and not impossible.
    private const int LeastBurst = 20;
    private const int EntersBetweenSweeps = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Budget> _budgets = [];
    private int _enters;

    /// <summary>How many are kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return _budgets.Count;
        }
    }

    /// <summary>The budget of a key, for a connection that takes from it until <see cref="Leave"/>; null where there is no limit.</summary>
    public Budget? Enter(TKey key)
    {
        if (perSecond == 0)
            return null;
        lock (_gate)
        {
            if (++_enters % EntersBetweenSweeps == 0)
                Sweep();
            if (!_budgets.TryGetValue(key, out var budget))
                _budgets.Add(key, budget = new Budget(perSecond, Math.Max(perSecond * BurstSeconds, LeastBurst), time));
            budget.Holders++;
            return budget;
        }
    }

    public void Leave(Budget? budget)
    {
        if (budget is null)
            return;
        lock (_gate)
            budget.Holders--;
    }

    private void Sweep()
    {
        foreach (var (key, budget) in _budgets)
        {
            if (budget.Holders == 0 && budget.IsFull)
                _budgets.Remove(key);
        }
    }
}
