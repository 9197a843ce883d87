using Microsoft.Data.Sqlite;
using Parley.Load.Replay;
using Parley.Protocol.Wire;

namespace Parley.WindowBench;

/// <summary>
/// Writes a conversation into the file of a server that rests: over the wire all of it would have been said this minute, and there would be no day to jump
/// to. Its messages stand some seconds apart, the last of them now.
/// </summary>
internal static class ChannelFill
{
    private const int NamedCount = 200;
    private const int BridgeCount = 4;
    private const long Channel = 1;

    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(20);

    internal static Filled Write(string database, IReadOnlyList<TranscriptLine> lines)
    {
        var cast = Cast.For(lines, NamedCount, BridgeCount);
        var last = TimeProvider.System.GetUtcNow();
        var filled = new Filled(lines.Count, last - ((lines.Count - 1) * Apart));
        using var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        var speakers = AddSpeakers(connection, cast);
        using var add = connection.CreateCommand();
        add.CommandText = """
            INSERT INTO messages(channel_id, user_id, content, msg_type, created_at, number) VALUES($channel, $user, $content, $kind, $at, $number);
            INSERT INTO events(channel_id, number, kind, message_id, actor_id, at) VALUES($channel, $number, $kind, last_insert_rowid(), $user, $at);
            """;
        add.Parameters.AddWithValue("$channel", Channel);
        var user = add.Parameters.Add("$user", SqliteType.Integer);
        var content = add.Parameters.Add("$content", SqliteType.Text);
        var kind = add.Parameters.Add("$kind", SqliteType.Text);
        var at = add.Parameters.Add("$at", SqliteType.Integer);
        var number = add.Parameters.Add("$number", SqliteType.Integer);
        for (var i = 0; i < lines.Count; i++)
        {
            user.Value = speakers[cast.SpeakerOf(lines[i])];
            content.Value = cast.TextOf(lines[i]);
            kind.Value = lines[i].IsAction ? "action" : "message";
            at.Value = WireTime.ToMicroseconds(filled.TimeOf(i + 1));
            number.Value = i + 1;
            add.ExecuteNonQuery();
        }

        Execute(connection, "UPDATE channels SET last_number=$number WHERE id=$channel", ("$number", lines.Count), ("$channel", Channel));
        transaction.Commit();
        return filled;
    }

    // Nobody can log in with what is no hash.
    private static List<long> AddSpeakers(SqliteConnection connection, Cast cast)
    {
        var ids = new List<long>();
        foreach (var name in cast.Names)
        {
            Execute(connection, "INSERT INTO users(username, password_hash, created_at) VALUES($name, '-', datetime('now'))", ("$name", name));
            using var id = connection.CreateCommand();
            id.CommandText = "SELECT last_insert_rowid()";
            ids.Add((long)id.ExecuteScalar()!);
        }

        return ids;
    }

    private static void Execute(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every text is written in this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        command.ExecuteNonQuery();
    }

    /// <summary>What was written.</summary>
    internal sealed record Filled(int Count, DateTimeOffset First)
    {
        /// <summary>When a message was said.</summary>
        internal DateTimeOffset TimeOf(long number) => First + ((number - 1) * Apart);

        /// <summary>The first message of a day (UTC) or later.</summary>
        internal long FirstOf(DateOnly day)
        {
            var midnight = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            return midnight <= First ? 1 : (long)Math.Ceiling((midnight - First) / Apart) + 1;
        }
    }
}
