using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
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
            store => InviteStore.Add(store, uses, now, expiresAt) is { } code
                ? new AdminChange(AdminAnswer.Done(InviteCodeRule.Show(code)) with { Codes = [ListCodesCommand.Line(new InviteRow(code, uses, 0, now, expiresAt))] })
                : AdminChange.Refuse("There are too many codes. Revoke some."),
            cancellationToken);
    }
}

/// <summary>Lists the codes, the newest first.</summary>
internal sealed class ListCodesCommand : IAdminCommand
{
    public string Name => "code.list";

    public static AdminCode Line(InviteRow row) => new(
        InviteCodeRule.Show(row.Code), row.Uses, row.Used, WireTime.FromMicroseconds(row.CreatedAt), row.ExpiresAt is { } at ? WireTime.FromMicroseconds(at) : null);

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) =>
        Task.FromResult(AdminAnswer.Done("") with { Codes = data.Read(InviteStore.All).ConvertAll(Line) });
}

/// <summary>Makes a code useless.</summary>
internal sealed class RevokeCodeCommand : IAdminCommand
{
    public string Name => "code.revoke";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) =>
        InviteCodeRule.Normalize(request.Code) is { } code
            ? data.WriteAsync(
                store => InviteStore.Remove(store, code)
                    ? new AdminChange(AdminAnswer.Done($"{InviteCodeRule.Show(code)} opens nothing any more."))
                    : AdminChange.Refuse("There is no such code."),
                cancellationToken)
            : Task.FromResult(AdminAnswer.Refuse("There is no such code."));
}
