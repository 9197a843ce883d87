using System.Net;
using Parley.Protocol.Wire;

namespace Parley.Server.Limits;

/// <summary>The budgets of everybody, and what was refused for them.</summary>
internal sealed class Spending(ServerLimits limits, TimeProvider time)
{
    private long _refused;

    public Budgets<UserId> Users { get; } = new(limits.UserBudget, time);

    public Budgets<IPAddress> Addresses { get; } = new(limits.AddressBudget, time);

    /// <summary>How many frames were refused for what they cost, since the start.</summary>
    public long Refused => Volatile.Read(ref _refused);

    public void CountRefused() => Interlocked.Increment(ref _refused);
}

/// <summary>From which budgets one connection takes: its address's, and its user's once somebody has logged in. Used by that connection's reader alone.</summary>
internal sealed class Purse(Spending spending)
{
    // What comes costs its reading, too, whatever it is.
    private const int BytesForOnePoint = 4 * 1024;

    private Budget? _address;
    private Budget? _user;

    public void EnterAddress(IPAddress address) => _address = spending.Addresses.Enter(address);

    public void EnterUser(UserId user) => _user ??= spending.Users.Enter(user);

    /// <summary>Pays for a frame; false where one of the budgets has not enough left.</summary>
    public bool TryPay(int cost, int payloadBytes)
    {
        cost += payloadBytes / BytesForOnePoint;
        if (_user?.TryTake(cost) ?? true)
        {
            if (_address?.TryTake(cost) ?? true)
                return true;
            _user?.GiveBack(cost);
        }

        spending.CountRefused();
        return false;
    }

    public void Leave()
    {
        spending.Addresses.Leave(_address);
        spending.Users.Leave(_user);
        _address = _user = null;
    }
}
