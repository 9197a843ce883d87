using System.Net;
using Parley.Protocol.Wire;

namespace Parley.Server.Limits;

/// <summary>
/// The budgets that one connection pays from: its address's, and after the login its user's, too. Used by that connection's reader alone.
/// </summary>
internal sealed class Purse(Spending spending)
{
    // Reading a request costs a point for each 4 KiB.
    private const int BytesForOnePoint = 4 * 1024;

    // A page of 50 messages is refilled in 15 ms, so nobody who reads gets near this.
    private static readonly TimeSpan Spare = TimeSpan.FromMilliseconds(125);

    private Budget? _address;
    private Budget? _user;
    private Budget? _addressPages;
    private Budget? _userPages;

    public void EnterAddress(IPAddress address)
    {
        _address = spending.Addresses.Enter(address);
        _addressPages = spending.AddressPages.Enter(address);
    }

    public void EnterUser(UserId user)
    {
        _user ??= spending.Users.Enter(user);
        _userPages ??= spending.UserPages.Enter(user);
    }

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

    /// <summary>Pays for a page, whose length is known only when it was made.</summary>
    public void TookPage(int bytes)
    {
        var kib = (bytes + 1023) / 1024;
        _userPages?.Owe(kib);
        _addressPages?.Owe(kib);
    }

    /// <summary>How long the next page has to wait for those before it.</summary>
    public TimeSpan UntilNextPage
    {
        get
        {
            var (user, address) = (_userPages?.UntilEven ?? TimeSpan.Zero, _addressPages?.UntilEven ?? TimeSpan.Zero);
            return user > address ? user : address;
        }
    }

    /// <summary>Whether the user and the address have asked for little lately.</summary>
    public bool HasPagesToSpare => !(_userPages?.UntilFull > Spare) && !(_addressPages?.UntilFull > Spare);

    public void Leave()
    {
        spending.Addresses.Leave(_address);
        spending.Users.Leave(_user);
        spending.AddressPages.Leave(_addressPages);
        spending.UserPages.Leave(_userPages);
        _address = _user = _addressPages = _userPages = null;
    }
}
