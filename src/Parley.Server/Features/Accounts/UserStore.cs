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

    public static List<(UserId Id, string Username, ChosenStatus Chosen)> All(StoreConnection store) =>
        store.Prepare("SELECT id, username, status, status_text FROM users").All(r => (new UserId(r.Integer(0)), r.Text(1), new ChosenStatus(r.Text(2), r.Text(3))));

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

    private static UserRow Read(Row row) => new(new UserId(row.Integer(0)), row.Text(1), row.Text(2));
}
