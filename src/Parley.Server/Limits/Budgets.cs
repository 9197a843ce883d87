namespace Parley.Server.Limits;

/// <summary>
/// The budgets of all users, or of all addresses. A budget without connections is kept until it is full again, so that reconnecting gives nobody a new one.
/// </summary>
/// <param name="perSecond">Points a second; 0: no limit. At most five seconds are saved up.</param>
/// <param name="time">The clock.</param>
internal sealed class Budgets<TKey>(int perSecond, TimeProvider time)
    where TKey : notnull
{
    public const int BurstSeconds = 5;

    // The dearest command costs 20: a smaller burst would make it impossible.
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
