using Parley.Protocol.Rules;
using Parley.Server.Admin;

namespace Parley.Server.Features.Invites;

/// <summary>Makes a code to register with.</summary>
internal sealed class MakeCodeCommand : IAdminCommand
{
    public const int MostUses = 10_000;
    public const long MostSeconds = 10L * 365 * 24 * 3_600;

    public string Name => "code.make";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var uses = request.Uses ?? 1;
        if (uses is < 1 or > MostUses)
            return Task.FromResult(AdminAnswer.Refuse($"A code has 1 to {MostUses} uses."));
        if (request.Seconds is < 1 or > MostSeconds)
            return Task.FromResult(AdminAnswer.Refuse("A code is good for a second to ten years."));
        var now = data.Now;
        var expiresAt = now + (request.Seconds * 1_000_000);
        return data.WriteAsync(
            db => InviteStore.Add(db, uses, now, expiresAt) is { } code
                ? new AdminChange(AdminAnswer.Done(InviteCodeRule.Show(code)) with { Codes = [ListCodesCommand.Line(new InviteRow(code, uses, 0, now, expiresAt))] })
                : AdminChange.Refuse("There are too many codes. Revoke some."),
            cancellationToken);
    }
}
