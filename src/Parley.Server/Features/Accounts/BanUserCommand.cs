using Parley.Protocol.Rules;
using Parley.Server.Admin;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>Bans somebody: all sessions end at once, and no login opens another.</summary>
internal sealed class BanUserCommand : IAdminCommand
{
    private const int MostReason = 200;

    public string Name => "users.ban";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var reason = StatusTextRule.Normalize(request.Reason); // One line beside the text of others, as that is.
        if (TextLength.CodePoints(reason) > MostReason)
            return Task.FromResult(AdminAnswer.Refuse($"A reason has at most {MostReason} characters."));
        return data.WriteAsync(db => Ban(db, request.Name ?? "", reason, data.Now), cancellationToken);
    }

    private static AdminChange Ban(DatabaseConnection db, string name, string reason, long now)
    {
        if (UserStore.Find(db, name) is not { } user)
            return UserWords.Unknown(name);
        if (OwnerStore.Find(db) == user.Id)
            return AdminChange.Refuse($"'{user.Username}' owns this server. Name another owner first.");
        UserStore.Ban(db, user.Id, reason, now);
        return new AdminChange(AdminAnswer.Done($"'{user.Username}' is banned."))
        {
            EndedSessions = SessionStore.RemoveAll(db, user.Id, except: 0),
            Closing = Admission.Banned(reason),
        };
    }
}
