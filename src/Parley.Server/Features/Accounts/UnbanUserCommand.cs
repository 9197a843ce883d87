using Parley.Server.Admin;

namespace Parley.Server.Features.Accounts;

/// <summary>Lets somebody in again.</summary>
internal sealed class UnbanUserCommand : IAdminCommand
{
    public string Name => "users.unban";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        db =>
        {
            if (UserStore.Find(db, request.Name ?? "") is not { } user)
                return UserWords.Unknown(request.Name ?? "");
            UserStore.Unban(db, user.Id);
            return new AdminChange(AdminAnswer.Done(user.IsBanned ? $"'{user.Username}' may come in again." : $"'{user.Username}' was not banned."));
        },
        cancellationToken);
}
