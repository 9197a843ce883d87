using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events.People;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>The accounts.</summary>
internal static class UserStore
{
    private const string Columns = "SELECT id, username, password_hash, banned_at IS NOT NULL, ban_reason, one_time_until FROM users";
    private const string ByName = $"{Columns} WHERE name_key = @key";
    private const string ById = $"{Columns} WHERE id = @id";

    public static UserRow? Find(DatabaseConnection db, string username) =>
        db.Prepare(ByName)
            .Set("@key", NameKey.Of(username))
            .First(Read);

    public static UserId? FindId(DatabaseConnection db, string username) =>
        db.Prepare("SELECT id FROM users WHERE name_key = @key").Set("@key", NameKey.Of(username)).Integer() is { } id ? new UserId(id) : null;

    public static UserRow? Find(DatabaseConnection db, UserId id) =>
        db.Prepare(ById)
            .Set("@id", id.Value)
            .First(Read);

    /// <summary>Accounts by name, whatever its case, from behind a name on, each as one who is away.</summary>
    public static List<MemberState> After(DatabaseConnection db, string name, int limit, int skip = 0) =>
        db.Prepare("SELECT id, username, status_text FROM users WHERE name_key > @key ORDER BY name_key LIMIT @limit OFFSET @skip")
            .Set("@key", NameKey.Of(name))
            .Set("@limit", limit)
            .Set("@skip", skip)
            .All(Away);

    /// <summary>The first accounts by name whose names begin so, whatever its case, each as one who is away.</summary>
    public static List<MemberState> BeginningWith(DatabaseConnection db, string prefix, int limit) =>
        db.Prepare("SELECT id, username, status_text FROM users WHERE name_key >= @prefix AND name_key < @end ORDER BY name_key LIMIT @limit")
            .Set("@prefix", NameKey.Of(prefix))
            .Set("@end", NameKey.Of(prefix) + '\u007f') // Behind every character of a name.
            .Set("@limit", limit)
            .All(Away);

    /// <summary>Somebody as one who is away.</summary>
    public static MemberState? FindMember(DatabaseConnection db, UserId id) =>
        db.Prepare("SELECT id, username, status_text FROM users WHERE id = @id").Set("@id", id.Value).First(Away);

    public static long Count(DatabaseConnection db) => db.Prepare("SELECT COUNT(*) FROM users").Integer() ?? 0;

    /// <summary>What somebody chose to be shown as.</summary>
    public static ChosenStatus Chosen(DatabaseConnection db, UserId id) =>
        db.Prepare("SELECT status, status_text FROM users WHERE id = @id").Set("@id", id.Value).First(r => new ChosenStatus(r.Text(0), r.Text(1))) ?? ChosenStatus.Default;

    /// <summary>What is told of an account to who asks for it; without its time where what is stored is none.</summary>
    public static MemberProfile? Profile(DatabaseConnection db, string username) =>
        db.Prepare("SELECT id, username, created_at FROM users WHERE name_key = @key")
            .Set("@key", NameKey.Of(username))
            .First(r => new MemberProfile(new UserId(r.Integer(0)), r.Text(1), StoredTime.Read(r.Integer(2))));

    /// <summary>
    /// Whether a user whose password fitted may come in: it is the same password still, it is no one-time one that has opened or is too old, and nobody has
    /// banned the user meanwhile. A one-time password has opened by this.
    /// </summary>
    public static bool Admit(DatabaseConnection db, UserRow user, long now)
    {
        if (Find(db, user.Id) is not { IsBanned: false } current || current.PasswordHash != user.PasswordHash || current.OneTimeUntil <= now)
            return false;
        if (current.OneTimeUntil is not null)
            db.Prepare("UPDATE users SET one_time_until = 0 WHERE id = @id").Set("@id", user.Id.Value).Execute();
        return true;
    }

    /// <summary>Some accounts in the order of their ids, for the operator.</summary>
    public static List<Admin.AdminUser> Page(DatabaseConnection db, long after, int limit)
    {
        var owner = OwnerStore.Find(db);
        return db.Prepare("SELECT id, username, created_at, banned_at, ban_reason FROM users WHERE id > @after ORDER BY id LIMIT @limit")
            .Set("@after", after)
            .Set("@limit", limit)
            .All(r => new Admin.AdminUser(
                r.Integer(0),
                r.Text(1),
                StoredTime.Read(r.Integer(2)),
                r.Integer(0) == owner?.Value,
                r.IsNull(3) ? null : WireTime.FromMicroseconds(r.Integer(3)),
                r.IsNull(4) ? null : r.Text(4)));
    }

    public static void Ban(DatabaseConnection db, UserId id, string reason, long now) =>
        db.Prepare("UPDATE users SET banned_at = COALESCE(banned_at, @now), ban_reason = @reason WHERE id = @id")
            .Set("@now", now)
            .Set("@reason", reason.Length == 0 ? null : reason)
            .Set("@id", id.Value)
            .Execute();

    public static void Unban(DatabaseConnection db, UserId id) =>
        db.Prepare("UPDATE users SET banned_at = NULL, ban_reason = NULL WHERE id = @id").Set("@id", id.Value).Execute();

    /// <summary>Sets a password that opens once, until a time.</summary>
    public static void SetOneTimePassword(DatabaseConnection db, UserId id, string hash, long until)
    {
        db.Prepare("UPDATE users SET password_hash = @hash, one_time_until = @until WHERE id = @id").Set("@hash", hash).Set("@until", until).Set("@id", id.Value).Execute();
        KnownAddresses.RemoveAll(db, id);
    }

    /// <summary>Sets another password in the place of the one that was looked at; false where it is another one already.</summary>
    public static bool SetPassword(DatabaseConnection db, UserId id, string former, string hash) =>
        db.Prepare("UPDATE users SET password_hash = @hash, one_time_until = NULL WHERE id = @id AND password_hash = @former").Set("@hash", hash).Set("@id", id.Value).Set("@former", former).Execute() > 0;

    public static void SetStatus(DatabaseConnection db, UserId id, ChosenStatus chosen) =>
        db.Prepare("UPDATE users SET status = @status, status_text = @text WHERE id = @id").Set("@status", chosen.Status).Set("@text", chosen.Text).Set("@id", id.Value).Execute();

    /// <summary>Makes an account to whom all that was said before counts as read; null where the name is taken.</summary>
    public static UserId? Add(DatabaseConnection db, string username, string passwordHash, DateTimeOffset at)
    {
        var id = db.Prepare("INSERT INTO users(username, password_hash, created_at) VALUES(@username, @hash, @at) ON CONFLICT DO NOTHING RETURNING id")
            .Set("@username", username)
            .Set("@hash", passwordHash)
            .Set("@at", WireTime.ToMicroseconds(at))
            .Integer();
        if (id is not { } value)
            return null;
        db.Prepare("INSERT INTO read_positions(user_id, channel_id, number) SELECT @user, id, last_number FROM channels WHERE low_user_id IS NULL AND last_number > 0")
            .Set("@user", value)
            .Execute();
        return new UserId(value);
    }

    private static MemberState Away(Row r) => new(new UserId(r.Integer(0)), r.Text(1), MemberStatus.Offline, r.Text(2) is { Length: > 0 } text ? text : null);

    private static UserRow Read(Row row) => new(
        new UserId(row.Integer(0)), row.Text(1), row.Text(2), row.Integer(3) != 0, row.IsNull(4) ? null : row.Text(4), row.IsNull(5) ? null : row.Integer(5));
}
