using Parley.Server.Admin;

namespace Parley.Server.Features.Accounts;

/// <summary>Lists the accounts, a page at a time, in the order in which they were made.</summary>
internal sealed class ListUsersCommand : IAdminCommand
{
    public string Name => "users.list";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var users = data.Read(db => UserStore.Page(db, request.After ?? 0, AdminAnswer.MostRows));
        return Task.FromResult(AdminAnswer.Done("") with { Users = users, More = users.Count == AdminAnswer.MostRows ? users[^1].Id : null });
    }
}
