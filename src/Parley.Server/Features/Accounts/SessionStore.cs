using System.Security.Cryptography;
using System.Text;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// The sessions: a token is 32 random bytes, of which the database holds only the SHA-256 hash (the token has all the entropy there is: a slow hash would
/// add nothing). A session is gone 24 hours after it was last used.
/// </summary>
internal static class SessionStore
{
    private const int MostClientName = 64;

    // Whoever has more of them ends all others at once.
    private const int MostListed = 200;
    private const long HourMicroseconds = 3_600_000_000;
    private const long LifetimeMicroseconds = 24 * HourMicroseconds;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>What a client says that it is, as it is kept: a line of at most 64 characters.</summary>
    public static string CleanClientName(string? name)
    {
        var line = StatusTextRule.Normalize(name);
        var runes = line.EnumerateRunes().Take(MostClientName);
        return line.Length <= MostClientName ? line : string.Concat(runes.Select(r => r.ToString()));
    }

    /// <summary>Makes a session and drops this user's expired ones.</summary>
    public static long Add(DatabaseConnection db, string token, UserId user, string client, long now)
    {
        db.Prepare("DELETE FROM sessions WHERE user_id = @user AND expires_at <= @now").Set("@user", user.Value).Set("@now", now).Execute();
        return db.Prepare("INSERT INTO sessions(token_hash, user_id, created_at, expires_at, client) VALUES(@hash, @user, @now, @expires, @client) RETURNING id")
            .Set("@client", client)
            .Set("@hash", Hash(token))
            .Set("@user", user.Value)
            .Set("@now", now)
            .Set("@expires", now + LifetimeMicroseconds)
            .Integer() ?? throw new InvalidOperationException("The session was not stored.");
    }

    /// <summary>Whose token this is, whether its life is to be prolonged, and which client used it last; null for an unknown or expired one.</summary>
    public static (Identity Identity, bool IsDue, string Client)? Find(DatabaseConnection db, string token, long now)
    {
        var row = db.Prepare("SELECT s.id, s.user_id, u.username, s.expires_at, s.client FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = @hash AND s.expires_at > @now")
            .Set("@hash", Hash(token))
            .Set("@now", now)
            .First(r => Tuple.Create(new Identity(new UserId(r.Integer(1)), r.Text(2), r.Integer(0)), r.Integer(3), r.Text(4)));
        // Written at most once an hour, so that coming back costs no write.
        return row is null ? null : (row.Item1, row.Item2 < now + LifetimeMicroseconds - HourMicroseconds, row.Item3);
    }

    public static bool IsThere(DatabaseConnection db, long session) => db.Prepare("SELECT 1 FROM sessions WHERE id = @id").Set("@id", session).Integer() is not null;

    public static bool Prolong(DatabaseConnection db, long session, long now) =>
        db.Prepare("UPDATE sessions SET expires_at = @expires WHERE id = @id").Set("@expires", now + LifetimeMicroseconds).Set("@id", session).Execute() > 0;

    public static bool Remove(DatabaseConnection db, long session) => db.Prepare("DELETE FROM sessions WHERE id = @id").Set("@id", session).Execute() > 0;

    public static bool SetClient(DatabaseConnection db, long session, string client) =>
        db.Prepare("UPDATE sessions SET client = @client WHERE id = @id AND @client <> ''").Set("@client", client).Set("@id", session).Execute() > 0;

    /// <summary>
    /// A user's sessions that are good still, the last used first; at most <see cref="MostListed"/>. When one was last used follows from when it runs out.
    /// </summary>
    public static List<SessionRow> Of(DatabaseConnection db, UserId user, long now) =>
        db.Prepare("SELECT id, client, created_at, expires_at FROM sessions WHERE user_id = @user AND expires_at > @now ORDER BY expires_at DESC LIMIT @limit")
            .Set("@user", user.Value)
            .Set("@now", now)
            .Set("@limit", MostListed)
            .All(r => new SessionRow(r.Integer(0), r.Text(1), r.Integer(2), r.Integer(3) - LifetimeMicroseconds));

    /// <summary>Ends one of a user's sessions; false where the user has no such session.</summary>
    public static bool Remove(DatabaseConnection db, UserId user, long session) =>
        db.Prepare("DELETE FROM sessions WHERE id = @id AND user_id = @user").Set("@id", session).Set("@user", user.Value).Execute() > 0;

    /// <summary>Ends all of a user's sessions but one (0: all); the ended ones.</summary>
    public static List<long> RemoveAll(DatabaseConnection db, UserId user, long except) =>
        db.Prepare("DELETE FROM sessions WHERE user_id = @user AND id <> @except RETURNING id").Set("@user", user.Value).Set("@except", except).All(r => r.Integer(0));

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
