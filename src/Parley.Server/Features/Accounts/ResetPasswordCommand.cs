using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Admin;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// Makes a one-time password in the place of one that was forgotten. It opens once, within a week; whoever came in by it chooses a password of their own. All
/// sessions end: the former password may have become known to somebody else.
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
        return await data.WriteAsync(db => Write(db, request.Name ?? "", password, hash, data.Now), cancellationToken);
    }

    private static AdminChange Write(DatabaseConnection db, string name, string password, string hash, long now)
    {
        if (UserStore.Find(db, name) is not { } user)
            return UserWords.Unknown(name);
        UserStore.SetOneTimePassword(db, user.Id, hash, now + GoodForMicroseconds);
        var done = AdminAnswer.Done($"'{user.Username}' can log in once, within a week, with this password, and has to choose another one then (Settings, Account).");
        return new AdminChange(done with { Password = password })
        {
            EndedSessions = SessionStore.RemoveAll(db, user.Id, except: 0),
            Closing = Reset,
        };
    }
}
