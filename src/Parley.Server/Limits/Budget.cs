namespace Parley.Server.Limits;

/// <summary>A token bucket: what the commands of one user or one address may still cost, over all their connections.</summary>
internal sealed class Budget(int perSecond, int burst, TimeProvider time)
{
    private readonly Lock _gate = new();
    private double _left = burst;
    private long _at = time.GetTimestamp();

    /// <summary>Connections that take from it. Belongs to <see cref="Budgets{TKey}"/>.</summary>
    public int Holders { get; set; }

    /// <summary>Whether it is full, as a new one is.</summary>
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

    /// <summary>Takes what a command costs. False, and nothing is taken, where less is left.</summary>
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

    /// <summary>Takes a cost that is known only afterwards. It may be more than is left: then the budget is below zero.</summary>
    public void Owe(int cost)
    {
        lock (_gate)
        {
            Fill();
            _left -= cost;
        }
    }

    /// <summary>How long until the budget is at zero or above.</summary>
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

    /// <summary>How long until the budget is full.</summary>
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
