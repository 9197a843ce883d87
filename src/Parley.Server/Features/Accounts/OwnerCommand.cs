using Parley.Server.Admin;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>Names the server's owner.</summary>
/// <param name="serverName">What the clients are told besides.</param>
internal sealed class OwnerCommand(string? serverName) : IAdminCommand
{
    public string Name => "owner";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => request.Name is { Length: > 0 } name
        ? data.WriteAsync(db => Set(db, name, request.IfNone == true), cancellationToken)
        : Task.FromResult(AdminAnswer.Done(data.Read(Who)));

    private static string Who(DatabaseConnection db) =>
        OwnerStore.Find(db) is { } id && UserStore.Find(db, id) is { } owner ? $"'{owner.Username}' owns this server." : "Nobody owns this server.";

    private AdminChange Set(DatabaseConnection db, string name, bool onlyIfNone)
    {
        if (onlyIfNone && OwnerStore.Find(db) is not null)
            return AdminChange.Refuse(Who(db));
        if (UserStore.Find(db, name) is not { } user)
            return UserWords.Unknown(name);
        if (user.IsBanned)
            return AdminChange.Refuse($"'{user.Username}' is banned.");
        OwnerStore.Set(db, user.Id);
        return new AdminChange(AdminAnswer.Done($"'{user.Username}' owns this server.")) { Events = [new OwnerWasNamed(serverName, user.Id)] };
    }
}
