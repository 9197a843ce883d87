using System.Globalization;
using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Admin;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>Lists the accounts, a page at a time, in the order in which they were made.</summary>
internal sealed class ListUsersCommand : IAdminCommand
{
    public string Name => "users.list";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var users = data.Read(store => UserStore.Page(store, request.After ?? 0, AdminAnswer.MostRows));
        return Task.FromResult(AdminAnswer.Done("") with { Users = users, More = users.Count == AdminAnswer.MostRows ? users[^1].Id : null });
    }
}

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
        return data.WriteAsync(store => Ban(store, request.Name ?? "", reason, data.Now), cancellationToken);
    }

    private static AdminChange Ban(StoreConnection store, string name, string reason, long now)
    {
        if (UserStore.Find(store, name) is not { } user)
            return UserWords.Unknown(name);
        if (OwnerStore.Find(store) == user.Id)
            return AdminChange.Refuse($"'{user.Username}' owns this server. Name another owner first.");
        UserStore.Ban(store, user.Id, reason, now);
        return new AdminChange(AdminAnswer.Done($"'{user.Username}' is banned."))
        {
            EndedSessions = SessionStore.RemoveAll(store, user.Id, except: 0),
            Closing = Admission.Banned(reason),
        };
    }
}

/// <summary>Lets somebody in again.</summary>
internal sealed class UnbanUserCommand : IAdminCommand
{
    public string Name => "users.unban";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        store =>
        {
            if (UserStore.Find(store, request.Name ?? "") is not { } user)
                return UserWords.Unknown(request.Name ?? "");
            UserStore.Unban(store, user.Id);
            return new AdminChange(AdminAnswer.Done(user.IsBanned ? $"'{user.Username}' may come in again." : $"'{user.Username}' was not banned."));
        },
        cancellationToken);
}

/// <summary>
/// Makes a one-time password in the place of one that was forgotten. It opens once, within a week; whoever came in by it chooses a password of their own. All sessions
/// end: the former password may have become known to somebody else.
/// </summary>
/// <param name="cost">bcrypt's.</param>
internal sealed class ResetPasswordCommand(int cost) : IAdminCommand
{
    // 60 bits, without characters that are mistaken for others when read aloud.
    private const int PartsOfPassword = 3;
    private const int LengthOfPart = 4;
    private const string Alphabet = "23456789abcdefghjkmnpqrstuvwxyz";
    private const long GoodForMicroseconds = 7L * 24 * 3_600 * 1_000_000;

    private static readonly Closing Reset = new(CloseReason.LoggedOut, "Your password was reset. Log in with the one that you are given.", ReconnectAdvice.Never);

    public string Name => "users.password";

    public async Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var password = string.Join('-', Enumerable.Range(0, PartsOfPassword).Select(_ => System.Security.Cryptography.RandomNumberGenerator.GetString(Alphabet, LengthOfPart)));
        var hash = await Task.Run(() => BCrypt.Net.BCrypt.HashPassword(password, cost), cancellationToken);
        return await data.WriteAsync(store => Write(store, request.Name ?? "", password, hash, data.Now), cancellationToken);
    }

    private static AdminChange Write(StoreConnection store, string name, string password, string hash, long now)
    {
        if (UserStore.Find(store, name) is not { } user)
            return UserWords.Unknown(name);
        UserStore.SetOneTimePassword(store, user.Id, hash, now + GoodForMicroseconds);
        var done = AdminAnswer.Done($"'{user.Username}' can log in once, within a week, with this password, and has to choose another one then (Settings, Account).");
        return new AdminChange(done with { Password = password })
        {
            EndedSessions = SessionStore.RemoveAll(store, user.Id, except: 0),
            Closing = Reset,
        };
    }
}

/// <summary>Names the server's owner.</summary>
/// <param name="serverName">What the clients are told besides.</param>
internal sealed class OwnerCommand(string? serverName) : IAdminCommand
{
    public string Name => "owner";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => request.Name is { Length: > 0 } name
        ? data.WriteAsync(store => Set(store, name, request.IfNone == true), cancellationToken)
        : Task.FromResult(AdminAnswer.Done(data.Read(Who)));

    private static string Who(StoreConnection store) =>
        OwnerStore.Find(store) is { } id && UserStore.Find(store, id) is { } owner ? $"'{owner.Username}' owns this server." : "Nobody owns this server.";

    private AdminChange Set(StoreConnection store, string name, bool onlyIfNone)
    {
        if (onlyIfNone && OwnerStore.Find(store) is not null)
            return AdminChange.Refuse(Who(store));
        if (UserStore.Find(store, name) is not { } user)
            return UserWords.Unknown(name);
        if (user.IsBanned)
            return AdminChange.Refuse($"'{user.Username}' is banned.");
        OwnerStore.Set(store, user.Id);
        return new AdminChange(AdminAnswer.Done($"'{user.Username}' owns this server.")) { Events = [new OwnerWasNamed(serverName, user.Id)] };
    }
}

/// <summary>The server has another owner.</summary>
internal sealed record OwnerWasNamed(string? ServerName, UserId Owner) : ServerEvent(Audience.Everyone, Message: new ServerChanged(ServerName, Owner));

internal static class UserWords
{
    public static AdminChange Unknown(string name) => AdminChange.Refuse(string.Create(CultureInfo.InvariantCulture, $"There is no user '{name}'."));
}
