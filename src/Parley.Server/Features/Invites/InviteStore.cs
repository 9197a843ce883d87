using System.Security.Cryptography;
using Parley.Protocol.Rules;
using Parley.Server.Storage;

namespace Parley.Server.Features.Invites;

/// <summary>
/// The codes, as they are: whoever can read the file needs none, and its operator wants to look one up again. One that is used up or expired stays in the list
/// until it is revoked, or a month has passed.
/// </summary>
internal static class InviteStore
{
    private const int MostCodes = 1_000;
    private const long KeptMicroseconds = 30L * 24 * 3_600 * 1_000_000;
    private const string Usable = "code = @code AND used < uses AND (expires_at IS NULL OR expires_at > @now)";
    private const string FindUsable = $"SELECT 1 FROM invites WHERE {Usable}";
    private const string UseOne = $"UPDATE invites SET used = used + 1 WHERE {Usable}";

    /// <summary>Makes a code; null where there are too many.</summary>
    public static string? Add(DatabaseConnection db, int uses, long now, long? expiresAt)
    {
        db.Prepare("DELETE FROM invites WHERE expires_at < @long_ago OR (used >= uses AND created_at < @long_ago)").Set("@long_ago", now - KeptMicroseconds).Execute();
        if (db.Prepare("SELECT COUNT(*) FROM invites").Integer() >= MostCodes)
            return null;
        var code = RandomNumberGenerator.GetString(InviteCodeRule.Alphabet, InviteCodeRule.Length);
        db.Prepare("INSERT INTO invites(code, created_at, expires_at, uses) VALUES(@code, @now, @expires, @uses)")
            .Set("@code", code)
            .Set("@now", now)
            .Set("@uses", uses)
            .Set("@expires", expiresAt)
            .Execute();
        return code;
    }

    /// <summary>Whether somebody could register with it now.</summary>
    public static bool IsUsable(DatabaseConnection db, string code, long now) => db.Prepare(FindUsable).Set("@code", code).Set("@now", now).Integer() is not null;

    /// <summary>Uses it once; false where it is used up, expired or revoked.</summary>
    public static bool Use(DatabaseConnection db, string code, long now) => db.Prepare(UseOne).Set("@code", code).Set("@now", now).Execute() > 0;

    public static bool Remove(DatabaseConnection db, string code) => db.Prepare("DELETE FROM invites WHERE code = @code").Set("@code", code).Execute() > 0;

    /// <summary>All of them, the newest first.</summary>
    public static List<InviteRow> All(DatabaseConnection db) =>
        db.Prepare("SELECT code, uses, used, created_at, expires_at FROM invites ORDER BY created_at DESC, code")
            .All(r => new InviteRow(r.Text(0), (int)r.Integer(1), (int)r.Integer(2), r.Integer(3), r.IsNull(4) ? null : r.Integer(4)));
}
