using System.Security.Cryptography;
using System.Text;
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
    private const long HourMicroseconds = 3_600_000_000;
    private const long LifetimeMicroseconds = 24 * HourMicroseconds;

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Makes a session and drops this user's expired ones.</summary>
    public static long Add(StoreConnection store, string token, UserId user, long now)
    {
        store.Prepare("DELETE FROM sessions WHERE user_id = @user AND expires_at <= @now").Set("@user", user.Value).Set("@now", now).Execute();
        return store.Prepare("INSERT INTO sessions(token_hash, user_id, created_at, expires_at) VALUES(@hash, @user, @now, @expires) RETURNING id")
            .Set("@hash", Hash(token))
            .Set("@user", user.Value)
            .Set("@now", now)
            .Set("@expires", now + LifetimeMicroseconds)
            .Integer() ?? throw new InvalidOperationException("The session was not stored.");
    }

    /// <summary>Whose token this is, and whether its life is to be prolonged; null for an unknown or expired one.</summary>
    public static (Identity Identity, bool IsDue)? Find(StoreConnection store, string token, long now)
    {
        var row = store.Prepare("SELECT s.id, s.user_id, u.username, s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id WHERE s.token_hash = @hash AND s.expires_at > @now")
            .Set("@hash", Hash(token))
            .Set("@now", now)
            .First(r => Tuple.Create(new Identity(new UserId(r.Integer(1)), r.Text(2), r.Integer(0)), r.Integer(3)));
        // Written at most once an hour, so that coming back costs no write.
        return row is null ? null : (row.Item1, row.Item2 < now + LifetimeMicroseconds - HourMicroseconds);
    }

    public static bool IsThere(StoreConnection store, long session) => store.Prepare("SELECT 1 FROM sessions WHERE id = @id").Set("@id", session).Integer() is not null;

    public static bool Prolong(StoreConnection store, long session, long now) =>
        store.Prepare("UPDATE sessions SET expires_at = @expires WHERE id = @id").Set("@expires", now + LifetimeMicroseconds).Set("@id", session).Execute() > 0;

    public static bool Remove(StoreConnection store, long session) => store.Prepare("DELETE FROM sessions WHERE id = @id").Set("@id", session).Execute() > 0;

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
