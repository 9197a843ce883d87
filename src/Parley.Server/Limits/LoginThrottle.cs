using System.Net;

namespace Parley.Server.Limits;

/// <summary>Bounds failed logins for each name and each address, so that guessing passwords is slow. Successes do not count.</summary>
internal sealed class LoginThrottle(ServerLimits limits, TimeProvider time)
{
    // A longer name is cut before it is kept. No real name is as long.
    private const int MostKeyLength = 64;

    private readonly SlidingWindow<string> _names = new(limits.FailedLoginsPerName, TimeSpan.FromMinutes(1), time);
    private readonly SlidingWindow<IPAddress> _addresses = new(limits.FailedLoginsPerAddress, TimeSpan.FromMinutes(1), time);
    private readonly SlidingWindow<(string Name, IPAddress Address)> _known = new(limits.FailedLoginsPerName, TimeSpan.FromMinutes(1), time);
    private readonly SlidingWindow<IPAddress> _registrations = new(limits.RegistrationsPerHour, TimeSpan.FromHours(1), time);

    /// <summary>
    /// Counts an attempt as failed until <see cref="UndoAttempt"/>, so that attempts made at the same time count, too.
    /// Returns the words of a refusal; null where it may be made.
    /// </summary>
    /// <param name="name">As it was typed.</param>
    /// <param name="address">Where from.</param>
    /// <param name="isKnown">Whether somebody logged in well as that name from there before: then others' failures do not count, but their own do.</param>
    public string? RefuseAttempt(string name, IPAddress address, bool isKnown = false)
    {
        if (isKnown)
            return _known.TryTake((KeyOf(name), address), out var left) ? null : Words(left);
        // The address first: past its limit it leaves no trace of the names that it goes on to try.
        if (!_addresses.TryTake(address, out var wait))
            return Words(wait);
        if (_names.TryTake(KeyOf(name), out wait))
            return null;
        _addresses.GiveBack(address);
        return Words(wait);
    }

    /// <summary>The attempt did not fail, or was not made.</summary>
    public void UndoAttempt(string name, IPAddress address, bool isKnown = false)
    {
        if (isKnown)
        {
            _known.GiveBack((KeyOf(name), address));
            return;
        }

        _names.GiveBack(KeyOf(name));
        _addresses.GiveBack(address);
    }

    /// <summary>Counts a registration. Returns the words of a refusal; null where it may be made.</summary>
    public string? RefuseRegistration(IPAddress address) => _registrations.TryTake(address, out var wait)
        ? null
        : $"Too many registrations from your address. Try again in {Math.Ceiling(wait.TotalMinutes):0} minutes.";

    /// <summary>No account came of it.</summary>
    public void NotRegistered(IPAddress address) => _registrations.GiveBack(address);

    private static string KeyOf(string name) => (name.Length <= MostKeyLength ? name : name[..MostKeyLength]).ToUpperInvariant();

    private static string Words(TimeSpan wait) => $"Too many failed logins. Try again in {Math.Ceiling(wait.TotalSeconds):0} seconds.";
}
