using Microsoft.Data.Sqlite;
using Parley.Faults.Checking;
using Parley.Faults.Clients;

namespace Parley.Faults.Tests;

/// <summary>A checker that finds nothing would let everything pass: each kind of damage is made by hand here.</summary>
public sealed class CheckerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly SqliteConnection _database;

    public CheckerTests()
    {
        _database = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = DatabasePath, Pooling = false }.ConnectionString);
        _database.Open();
        Execute("""
            CREATE TABLE users(id INTEGER PRIMARY KEY, username TEXT);
            CREATE TABLE channels(id INTEGER PRIMARY KEY, last_number INTEGER, low_user_id INTEGER, high_user_id INTEGER);
            CREATE TABLE messages(id INTEGER PRIMARY KEY, user_id INTEGER, content TEXT, nonce TEXT, deleted_at INTEGER);
            CREATE TABLE events(channel_id INTEGER, number INTEGER, kind TEXT, message_id INTEGER, actor_id INTEGER, body TEXT);
            CREATE TABLE versions(message_id INTEGER, number INTEGER, content TEXT);
            CREATE TABLE reactions(message_id INTEGER, emoji TEXT, user_id INTEGER);
            CREATE TABLE change_nonces(user_id INTEGER, nonce TEXT, channel_id INTEGER, number INTEGER);
            CREATE TABLE properties(name TEXT, value TEXT);
            INSERT INTO properties VALUES('epoch', 'e');
            INSERT INTO users VALUES(1, 'alice'), (2, 'bob'), (3, 'carol');
            INSERT INTO channels VALUES(1, 2, NULL, NULL), (2, 1, 1, 2);
            INSERT INTO messages VALUES(1, 1, 'a-1 x', 'n1', NULL), (2, 1, 'a-2 x', 'n2', NULL), (3, 2, 'b-1 x', 'n1', NULL);
            INSERT INTO events VALUES(1, 1, 'message', 1, 1, NULL), (1, 2, 'message', 2, 1, NULL), (2, 1, 'message', 3, 2, NULL);
            """);
    }

    private string DatabasePath => Path.Combine(_folder.Path, "log.db");

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Books_that_agree_have_no_findings() => Assert.Empty(Check());

    [Fact]
    public void An_acknowledged_message_that_is_not_there_is_lost() =>
        Assert.Equal(["lost"], Check(alice: [Line("ack", 1, 3, "a-2 x")]));

    [Fact]
    public void An_acknowledgement_of_another_message_is_different() => Assert.Equal(["different"], Check(alice: [Line("ack", 1, 1, "a-2 x")]));

    [Fact]
    public void A_message_that_was_seen_otherwise_is_different() => Assert.Equal(["different"], Check(alice: [Line("seen", 1, 1, "changed", "alice", 1)]));

    [Fact]
    public void A_conversation_that_others_see_has_leaked() =>
        Assert.Contains("leaked", Check(carol: [Line("seen", 2, 1, "b-1 x", "bob", 3)]));

    [Fact]
    public void A_message_that_stands_there_twice_is_doubled() => Assert.Contains(
        "doubled",
        Check("""
            INSERT INTO messages VALUES(4, 1, 'a-2 x', 'n2', NULL);
            INSERT INTO events VALUES(1, 3, 'message', 4, 1, NULL);
            UPDATE channels SET last_number = 3 WHERE id = 1;
            """));

    [Fact]
    public void A_number_that_is_missing_is_a_gap() => Assert.Contains("gaps", Check("DELETE FROM events WHERE number = 1 AND channel_id = 1"));

    [Fact]
    public void A_message_that_nobody_said_is_invented() => Assert.Contains("invented", Check("UPDATE messages SET content = 'a-3 x' WHERE id = 2"));

    [Fact]
    public void Messages_that_changed_places_are_out_of_order() =>
        Assert.Contains("out_of_order", Check("UPDATE events SET number = 3 - number WHERE channel_id = 1"));

    [Fact]
    public void A_message_that_a_client_took_and_never_sent_is_found() =>
        Assert.Equal(["never_sent"], Check(alice: [new JournalLine("said") { Text = "a-4 x" }]));

    [Fact]
    public void Whoever_has_not_seen_all_is_named() => Assert.Contains("not_seen", Check("", leaveOutLastSeen: true));

    private static JournalLine Line(string kind, long channel, long number, string text, string? author = null, long? message = null) =>
        new(kind) { Channel = channel, Number = number, Text = text, Author = author, MessageId = message };

    private static List<JournalLine> WhatIsPublic() => [Line("seen", 1, 1, "a-1 x", "alice", 1), Line("seen", 1, 2, "a-2 x", "alice", 2)];

    private string[] Check(string damage = "", JournalLine[]? alice = null, JournalLine[]? carol = null, bool leaveOutLastSeen = false)
    {
        if (damage.Length > 0)
            Execute(damage);
        var findings = new Findings();
        var said = new[] { new JournalLine("say") { Text = "a-1 x" }, new JournalLine("say") { Text = "a-2 x" } };
        var privately = Line("seen", 2, 1, "b-1 x", "bob", 3);
        var ofCarol = WhatIsPublic();
        if (leaveOutLastSeen)
            ofCarol.RemoveAt(1);
        new Checker(StoredLog.Read(DatabasePath), findings).Check(new Dictionary<string, List<JournalLine>>
        {
            ["alice"] = [.. said, Line("ack", 1, 1, "a-1 x"), .. WhatIsPublic(), privately, .. alice ?? []],
            ["bob"] = [new JournalLine("say") { Text = "b-1 x" }, .. WhatIsPublic(), privately],
            ["carol"] = [.. ofCarol, .. carol ?? []],
        });
        return [.. findings.Counts.Where(c => c.Value > 0).Select(c => c.Key)];
    }

    private void Execute(string sql)
    {
        using var command = _database.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
