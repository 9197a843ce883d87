namespace Parley.Client.Native.Mirror;

/// <summary>The tables of a mirror, and how older ones become them.</summary>
internal static class MirrorSchema
{
    /// <summary>What stands in <c>PRAGMA user_version</c>.</summary>
    internal const int Version = 3;

    // A number has a row only where a message was said; a message that is only quoted has one, too, and "quote" says so.
    private const string Messages =
        """
        CREATE TABLE messages(
            channel_id INTEGER NOT NULL, number INTEGER NOT NULL, message_id INTEGER NOT NULL, kind TEXT NOT NULL, author_id INTEGER NOT NULL, author TEXT NOT NULL,
            content TEXT NOT NULL, at INTEGER NOT NULL, mentions TEXT, changed INTEGER NOT NULL, edited_at INTEGER, edited INTEGER, deleted INTEGER NOT NULL,
            reply_to INTEGER, reactions TEXT, quote INTEGER NOT NULL, PRIMARY KEY(channel_id, number)) WITHOUT ROWID;
        CREATE UNIQUE INDEX messages_by_id ON messages(message_id);
        """;

    private const string Latest =
        $"""
        CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE channels(id INTEGER PRIMARY KEY, name TEXT NOT NULL, description TEXT NOT NULL);
        CREATE TABLE conversations(id INTEGER PRIMARY KEY, place INTEGER NOT NULL, with_id INTEGER NOT NULL, with_username TEXT NOT NULL);
        CREATE TABLE members(id INTEGER PRIMARY KEY, username TEXT NOT NULL);
        CREATE TABLE logs(channel_id INTEGER PRIMARY KEY, last_number INTEGER NOT NULL, read_number INTEGER NOT NULL, unread INTEGER NOT NULL,
            mentions INTEGER NOT NULL, as_of INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE held(channel_id INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(channel_id, first)) WITHOUT ROWID;
        {Messages}
        CREATE TABLE outbox(
            id INTEGER PRIMARY KEY, nonce TEXT NOT NULL UNIQUE, channel_id INTEGER NOT NULL, kind TEXT NOT NULL, content TEXT NOT NULL,
            written_at INTEGER NOT NULL, failure TEXT, message_id INTEGER, base INTEGER);
        """;

    // Version 1 did not know whom a message means. The server tells it with each event, so they are fetched again; what waits to be said stays.
    private const string From1 =
        """
        ALTER TABLE logs ADD COLUMN mentions INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE events ADD COLUMN mentions TEXT;
        DELETE FROM events;
        DELETE FROM held;
        """;

    // Version 2 kept events, and counted those that it did not know. What it holds is true up to the first of these, and up to its first gap: nobody knows
    // what hides there.
    private const string From2 =
        $"""
        {Messages}
        INSERT OR IGNORE INTO messages SELECT channel_id, number, message_id, kind, author_id, author, content, at, mentions, number, NULL, NULL, 0, NULL, NULL, 0
            FROM events WHERE kind IN ('message', 'action');
        ALTER TABLE logs ADD COLUMN as_of INTEGER NOT NULL DEFAULT 0;
        UPDATE logs SET as_of = min(
            ifnull((SELECT last FROM held WHERE held.channel_id = logs.channel_id ORDER BY first LIMIT 1), last_number),
            ifnull((SELECT min(number) - 1 FROM events WHERE events.channel_id = logs.channel_id AND kind NOT IN ('message', 'action')), last_number));
        DROP TABLE events;
        ALTER TABLE outbox ADD COLUMN message_id INTEGER;
        ALTER TABLE outbox ADD COLUMN base INTEGER;
        """;

    /// <summary>What makes the latest tables of those of an older version; 0 for none.</summary>
    internal static string From(int version) => version switch
    {
        0 => Latest,
        1 => From1 + From2,
        _ => From2,
    };
}
