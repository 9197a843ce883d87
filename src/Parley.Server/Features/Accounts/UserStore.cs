using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Features.Accounts;

/// <summary>An account as it is stored.</summary>
internal sealed record UserRow(UserId Id, string Username, string PasswordHash);

/// <summary>The accounts.</summary>
internal static class UserStore
{
    public static UserRow? Find(StoreConnection store, string username) =>
        store.Prepare("SELECT id, username, password_hash FROM users WHERE username = @username")
            .Set("@username", username)
            .First(Read);

    public static UserId? FindId(StoreConnection store, string username) =>
        store.Prepare("SELECT id FROM users WHERE username = @username").Set("@username", username).Integer() is { } id ? new UserId(id) : null;

    public static UserRow? Find(StoreConnection store, UserId id) =>
        store.Prepare("SELECT id, username, password_hash FROM users WHERE id = @id")
            .Set("@id", id.Value)
            .First(Read);

    /// <summary>Accounts by name, whatever its case, from behind a name on, each as one who is away.</summary>
    public static List<MemberState> After(StoreConnection store, string name, int limit, int skip = 0) =>
        store.Prepare("SELECT id, username, status_text FROM users WHERE username > @name ORDER BY username LIMIT @limit OFFSET @skip")
            .Set("@name", name)
            .Set("@limit", limit)
            .Set("@skip", skip)
            .All(Away);

    /// <summary>The first accounts by name whose names begin so, whatever its case, each as one who is away.</summary>
    public static List<MemberState> BeginningWith(StoreConnection store, string prefix, int limit) =>
        store.Prepare("SELECT id, username, status_text FROM users WHERE username >= @prefix AND username < @end ORDER BY username LIMIT @limit")
            .Set("@prefix", prefix)
            .Set("@end", prefix + '\u007f') // Behind every character of a name.
            .Set("@limit", limit)
            .All(Away);

    /// <summary>Somebody as one who is away.</summary>
    public static MemberState? FindMember(StoreConnection store, UserId id) =>
        store.Prepare("SELECT id, username, status_text FROM users WHERE id = @id").Set("@id", id.Value).First(Away);

    public static long Count(StoreConnection store) => store.Prepare("SELECT COUNT(*) FROM users").Integer() ?? 0;

    /// <summary>What somebody chose to be shown as.</summary>
    public static ChosenStatus Chosen(StoreConnection store, UserId id) =>
        store.Prepare("SELECT status, status_text FROM users WHERE id = @id").Set("@id", id.Value).First(r => new ChosenStatus(r.Text(0), r.Text(1))) ?? ChosenStatus.Default;

    /// <summary>What is told of an account to who asks for it; without its time where what is stored is none.</summary>
    public static MemberProfile? Profile(StoreConnection store, string username) =>
        store.Prepare("SELECT id, username, unixepoch(created_at) FROM users WHERE username = @username")
            .Set("@username", username)
            .First(r => new MemberProfile(new UserId(r.Integer(0)), r.Text(1), r.IsNull(2) ? null : DateTimeOffset.FromUnixTimeSeconds(r.Integer(2))));

    /// <summary>Whether this is the user's hash still.</summary>
    public static bool HasPassword(StoreConnection store, UserId id, string hash) =>
        store.Prepare("SELECT 1 FROM users WHERE id = @id AND password_hash = @hash").Set("@id", id.Value).Set("@hash", hash).Integer() is not null;

    /// <summary>Sets another password in the place of the one that was looked at; false where it is another one already.</summary>
    public static bool SetPassword(StoreConnection store, UserId id, string former, string hash) =>
        store.Prepare("UPDATE users SET password_hash = @hash WHERE id = @id AND password_hash = @former").Set("@hash", hash).Set("@id", id.Value).Set("@former", former).Execute() > 0;

    public static void SetStatus(StoreConnection store, UserId id, ChosenStatus chosen) =>
        store.Prepare("UPDATE users SET status = @status, status_text = @text WHERE id = @id").Set("@status", chosen.Status).Set("@text", chosen.Text).Set("@id", id.Value).Execute();

    /// <summary>Makes an account to whom all that was said before counts as read; null where the name is taken.</summary>
    public static UserId? Add(StoreConnection store, string username, string passwordHash, DateTimeOffset at)
    {
        var id = store.Prepare("INSERT INTO users(username, password_hash, created_at) VALUES(@username, @hash, @at) ON CONFLICT DO NOTHING RETURNING id")
            .Set("@username", username)
            .Set("@hash", passwordHash)
            .Set("@at", StoredTime.ToText(at))
            .Integer();
        if (id is not { } value)
            return null;
        store.Prepare("INSERT INTO read_positions(user_id, channel_id, number) SELECT @user, id, last_number FROM channels WHERE low_user_id IS NULL AND last_number > 0")
            .Set("@user", value)
            .Execute();
        return new UserId(value);
    }

    private static MemberState Away(Row r) => new(new UserId(r.Integer(0)), r.Text(1), MemberStatus.Offline, r.Text(2) is { Length: > 0 } text ? text : null);

    private static UserRow Read(Row row) => new(new UserId(row.Integer(0)), row.Text(1), row.Text(2));
}
