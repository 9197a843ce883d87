using Parley.Protocol.Rules;
using Parley.Server.Admin;

namespace Parley.Server.Features.Invites;

/// <summary>Makes a code useless.</summary>
internal sealed class RevokeCodeCommand : IAdminCommand
{
    public string Name => "code.revoke";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) =>
        InviteCodeRule.Normalize(request.Code) is { } code
            ? data.WriteAsync(
                db => InviteStore.Remove(db, code)
                    ? new AdminChange(AdminAnswer.Done($"{InviteCodeRule.Show(code)} opens nothing any more."))
                    : AdminChange.Refuse("There is no such code."),
                cancellationToken)
            : Task.FromResult(AdminAnswer.Refuse("There is no such code."));
}
