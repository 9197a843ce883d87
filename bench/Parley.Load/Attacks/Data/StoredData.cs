using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Data;

/// <summary>
/// Writes a server's file, by statements over whole sets, while no server runs: what would take strangers weeks takes seconds. It has version 3 of the schema,
/// which any later server brings to its own.
/// </summary>
internal static class StoredData
{
    /// <summary>Of what is written here: another number makes kept files anew.</summary>
    public const int Version = 1;

    private const long FirstConversation = 1_001;

    // Both of Account.Password: with the default cost, so that a login takes what it takes people, and with the lowest.
    private const string PasswordHash = "$2a$12$NQRbkbAFR2vfml5jPSDxDehOG4KBv0S4nVh2WxAuhQG.F6IH03PbS";
    private const string CheapPasswordHash = "$2a$10$/Bkxu.4SahkSb6WT5w/cDOGscBKGXAR6C69GtjAucCNSrYbFly89W";

    /// <summary>The name that clients of this program give themselves: another one would cost a write at each login.</summary>
    public const string ClientName = "parley-load";

    public static ChannelId General { get; } = new(1);

    public static ChannelId LongChannel { get; } = new(2);

    public static ChannelId OwnConversation { get; } = new(3);

    /// <summary>Puts the data at <paramref name="path"/>; where <paramref name="kept"/> names a folder, they are made there once and copied.</summary>
    public static void Put(DataPlan plan, string path, string? kept)
    {
        if (kept is null)
        {
            Write(plan, path);
            return;
        }

        Directory.CreateDirectory(kept);
        var file = Path.Combine(kept, plan.FileName);
        if (!File.Exists(file))
        {
            var half = $"{file}.{Environment.ProcessId}";
            Write(plan, half);
            File.Move(half, file, overwrite: true);
        }

        File.Copy(file, path);
    }

    private static void Write(DataPlan plan, string path)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        connection.CreateFunction("account_name", (long id) => Account.Name(id), isDeterministic: true);
        connection.CreateFunction("token_hash", (long id) => TokenHash(Account.Token(id)), isDeterministic: true);
        using var command = connection.CreateCommand();
        Run(command, "PRAGMA synchronous = OFF; BEGIN");
        Run(command, Schema());
        Run(command, "INSERT INTO properties VALUES('epoch', lower(hex(randomblob(8))))");
        People(command, plan);
        Channels(command, plan);
        Messages(command, OwnConversation, Account.FirstAttacker, plan.OwnMessages, $"'to myself, for the ' || i || 'th time {new string('x', 40)}'");
        Messages(command, LongChannel, Account.FirstAttacker, plan.LongMessages, $"'{string.Concat(Enumerable.Repeat("😀", 2_000))}'");
        Run(command, "PRAGMA user_version = 3; COMMIT");
    }

    private static string TokenHash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    private static void People(SqliteCommand command, DataPlan plan)
    {
        var hash = plan.HasCheapPasswords ? CheapPasswordHash : PasswordHash;
        AddUsers(command, Account.FirstTalker, Account.Talkers, hash);
        AddUsers(command, Account.Known, (int)(Account.Owner - Account.Known) + 1, hash);
        AddUsers(command, Account.FirstAttacker, Account.Attackers, hash);
        AddUsers(command, Account.FirstOfCrowd, plan.Crowd, hash);
        // Good for ten years, so that kept files stay good and no login has to prolong one.
        Run(command, $"""
            INSERT INTO sessions(token_hash, user_id, created_at, expires_at, client)
            SELECT token_hash(id), id, unixepoch() * 1000000, unixepoch() * 1000000 + 315576000000000, '{ClientName}' FROM users
            """);
    }

    private static void AddUsers(SqliteCommand command, long first, int count, string hash) => Run(command, $"""
        INSERT INTO users(id, username, password_hash, created_at)
        SELECT i, account_name(i), '{hash}', '2026-01-02 03:04:05' FROM ({Numbers(first, count)})
        """);

    private static void Channels(SqliteCommand command, DataPlan plan)
    {
        const long self = Account.FirstAttacker;
        Run(command, $"""
            INSERT INTO channels(id, name, description, created_at, low_user_id, high_user_id) VALUES
                ({General}, 'general', 'Everything and nothing', '2026-01-02 03:04:05', NULL, NULL),
                ({LongChannel}, 'long', '', '2026-01-02 03:04:05', NULL, NULL),
                ({OwnConversation}, '@{self}:{self}', '', '2026-01-02 03:04:05', {self}, {self});
            INSERT INTO channels(id, name, description, created_at)
                SELECT i, 'channel-' || i, 'A channel that somebody made, with a line about it', '2026-01-02 03:04:05' FROM ({Numbers(10, plan.Channels)});
            INSERT INTO channels(id, name, description, created_by, created_at, low_user_id, high_user_id)
                SELECT {FirstConversation} - {Account.FirstOfCrowd} + i, '@{Account.Popular}:' || i, '', i, '2026-01-02 03:04:05', {Account.Popular}, i
                FROM ({Numbers(Account.FirstOfCrowd, plan.Conversations)});
            """);
    }

    // Twenty seconds between two of them.
    private static void Messages(SqliteCommand command, ChannelId channel, long author, int count, string content) => Run(command, $"""
        INSERT INTO messages(channel_id, user_id, content, msg_type, created_at, number)
            SELECT {channel}, {author}, {content}, 'message', 1700000000000000 + i * 20000000, i FROM ({Numbers(1, count)});
        INSERT INTO events(channel_id, number, kind, message_id, actor_id, at)
            SELECT channel_id, number, msg_type, id, user_id, created_at FROM messages WHERE channel_id = {channel};
        UPDATE channels SET last_number = {count} WHERE id = {channel};
        """);

    private static string Numbers(long first, int count) =>
        $"WITH RECURSIVE n(i) AS (SELECT {first} WHERE {count} > 0 UNION ALL SELECT i + 1 FROM n WHERE i < {first + count - 1}) SELECT i FROM n";

    private static string Schema()
    {
        using var stream = typeof(StoredData).Assembly.GetManifestResourceStream("schema-3.sql")
            ?? throw new InvalidOperationException("schema-3.sql is not in the program.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

#pragma warning disable CA2100 // Every part of it is a number or a text of this file.
    private static void Run(SqliteCommand command, string statements)
    {
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }
#pragma warning restore CA2100
}
