using System.Net;
using Parley.Protocol.Wire;

namespace Parley.Server.Limits;

/// <summary>The budgets of all users and addresses, and how many requests they refused.</summary>
internal sealed class Spending(ServerLimits limits, TimeProvider time)
{
    private long _refused;

    public Budgets<UserId> Users { get; } = new(limits.UserBudget, time);

    public Budgets<IPAddress> Addresses { get; } = new(limits.AddressBudget, time);

    /// <summary>KiB of pages, by user.</summary>
    public Budgets<UserId> UserPages { get; } = new(limits.UserPageKib, time);

    /// <summary>KiB of pages, by address.</summary>
    public Budgets<IPAddress> AddressPages { get; } = new(limits.AddressPageKib, time);

    /// <summary>How many frames were refused for what they cost, since the start.</summary>
    public long Refused => Volatile.Read(ref _refused);

    public void CountRefused() => Interlocked.Increment(ref _refused);
}
