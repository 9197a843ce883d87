using System.Net;
using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Features.Accounts;
using Parley.Server.Limits;
using Parley.Server.Storage;

namespace Parley.Server.Features.Invites;

/// <summary>Whether somebody may register. Wrong codes are bounded by the minute for each address, so that guessing is slow.</summary>
internal sealed class InviteGate(AdmissionRules rules, ServerLimits limits, TimeProvider time)
{
    private static readonly AdmissionRefusal Closed = new(AuthRefusal.Closed, "Nobody can register on this server.");
    private static readonly AdmissionRefusal Needed = new(AuthRefusal.InviteRequired, "You need an invite code to register on this server.");

    private readonly SlidingWindow<IPAddress> _addresses = new(limits.WrongCodesPerAddress, TimeSpan.FromMinutes(1), time);

    /// <summary>What is told of a code that is none, is used up, expired or revoked: nobody learns which.</summary>
    public static AdmissionRefusal Wrong { get; } = new(AuthRefusal.InviteRequired, "This invite code is not valid.");

    /// <summary>The code in its one form where one is needed and this may be one; null where none is needed, or together with a refusal.</summary>
    public string? CodeOf(Register command, IPAddress address, Func<Func<DatabaseConnection, bool>, bool> read, long now, out AdmissionRefusal? refusal)
    {
        refusal = rules.Joining switch
        {
            Joining.Open => null,
            Joining.Closed => Closed,
            _ when string.IsNullOrWhiteSpace(command.Invite) => Needed,
            _ => null,
        };
        if (refusal is not null || rules.Joining == Joining.Open)
            return null;
        // Counted before it is looked at, so that attempts made at the same time count, too.
        if (!_addresses.TryTake(address, out var wait))
        {
            refusal = TooMany(wait);
            return null;
        }

        if (InviteCodeRule.Normalize(command.Invite) is { } code && read(db => InviteStore.IsUsable(db, code, now)))
        {
            _addresses.GiveBack(address);
            return code;
        }

        refusal = Wrong;
        return null;
    }

    private static AdmissionRefusal TooMany(TimeSpan wait) =>
        new(AuthRefusal.InviteRequired, $"Too many wrong invite codes. Try again in {Math.Ceiling(wait.TotalSeconds):0} seconds.");
}
