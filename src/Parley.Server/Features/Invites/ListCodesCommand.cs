using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Admin;

namespace Parley.Server.Features.Invites;

/// <summary>Lists the codes, the newest first.</summary>
internal sealed class ListCodesCommand : IAdminCommand
{
    public string Name => "code.list";

    public static AdminCode Line(InviteRow row) => new(
        InviteCodeRule.Show(row.Code), row.Uses, row.Used, WireTime.FromMicroseconds(row.CreatedAt), row.ExpiresAt is { } at ? WireTime.FromMicroseconds(at) : null);

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) =>
        Task.FromResult(AdminAnswer.Done("") with { Codes = data.Read(InviteStore.All).ConvertAll(Line) });
}
