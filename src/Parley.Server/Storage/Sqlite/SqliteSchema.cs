namespace Parley.Server.Storage.Sqlite;

/// <summary>The schema: <see cref="Tables"/> as the first version had it, and what each later version did to it.</summary>
internal static class SqliteSchema
{
    // Version 2: whom messages mean. The key counts what is unread for somebody, the index finds who is meant by an event.
    private const string Mentions = """
        CREATE TABLE mentions(
            user_id INTEGER NOT NULL REFERENCES users(id),
            channel_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY(user_id, channel_id, number),
            FOREIGN KEY(channel_id, number) REFERENCES events(channel_id, number)) WITHOUT ROWID;
        CREATE INDEX mentions_event ON mentions(channel_id, number, user_id);
        """;

    // Version 3: what people choose to be shown as, and the name of the client that a session was made by. When a session was last used follows from
    // expires_at.
    private const string People = """
        ALTER TABLE users ADD COLUMN status TEXT NOT NULL DEFAULT 'online';
        ALTER TABLE users ADD COLUMN status_text TEXT NOT NULL DEFAULT '';
        ALTER TABLE sessions ADD COLUMN client TEXT NOT NULL DEFAULT '';
        """;

    // Version 4: counts, so that what is unread is a subtraction and the latest conversations are the end of an index, whatever the history. Up to here each
    // event was a message or an action, so the count of messages at an event is its number. A log that is written in the order of its key is filled in seconds.
    private const string Counts = """
        ALTER TABLE channels ADD COLUMN message_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE channels ADD COLUMN last_message_id INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE events ADD COLUMN message_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE users ADD COLUMN waiting_after INTEGER NOT NULL DEFAULT 0;
        UPDATE events SET message_count = number;
        UPDATE channels SET message_count = last_number,
            last_message_id = COALESCE((SELECT e.message_id FROM events e WHERE e.channel_id = channels.id ORDER BY e.number DESC LIMIT 1), 0);
        CREATE TABLE author_counts(
            channel_id INTEGER NOT NULL REFERENCES channels(id),
            user_id INTEGER NOT NULL REFERENCES users(id),
            number INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY(channel_id, user_id, number)) WITHOUT ROWID;
        INSERT INTO author_counts
            SELECT channel_id, user_id, number, ROW_NUMBER() OVER (PARTITION BY channel_id, user_id ORDER BY number) FROM messages;
        CREATE TABLE counted_mentions(
            user_id INTEGER NOT NULL REFERENCES users(id),
            channel_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY(user_id, channel_id, number),
            FOREIGN KEY(channel_id, number) REFERENCES events(channel_id, number)) WITHOUT ROWID;
        INSERT INTO counted_mentions
            SELECT user_id, channel_id, number, ROW_NUMBER() OVER (PARTITION BY user_id, channel_id ORDER BY number) FROM mentions;
        DROP TABLE mentions;
        ALTER TABLE counted_mentions RENAME TO mentions;
        CREATE INDEX mentions_event ON mentions(channel_id, number, user_id);
        CREATE INDEX channels_low_latest ON channels(low_user_id, last_message_id) WHERE low_user_id IS NOT NULL;
        CREATE INDEX channels_high_latest ON channels(high_user_id, last_message_id) WHERE high_user_id IS NOT NULL;
        DROP INDEX sessions_user;
        CREATE INDEX sessions_user ON sessions(user_id, expires_at);
        """;

    // Version 5: who may come in. one_time_until: when a one-time password stops opening (0: it was used, NULL: the password is the person's own). hidden_at:
    // the channel is no longer listed, written or sent. The first channel's description becomes its predecessor's words, where nobody has chosen others.
    private const string Admission = """
        ALTER TABLE users ADD COLUMN banned_at INTEGER;
        ALTER TABLE users ADD COLUMN ban_reason TEXT;
        ALTER TABLE users ADD COLUMN one_time_until INTEGER;
        ALTER TABLE channels ADD COLUMN hidden_at INTEGER;
        CREATE TABLE invites(
            code TEXT PRIMARY KEY,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            uses INTEGER NOT NULL,
            used INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
        UPDATE channels SET description = 'General discussion' WHERE name = 'general' AND description = 'Everything and nothing';
        """;

    // Version 6: from where people logged in well, and what their addresses are hashed with. The index finds what is too old.
    private const string Addresses = """
        CREATE TABLE known_addresses(
            user_id INTEGER NOT NULL REFERENCES users(id),
            address INTEGER NOT NULL,
            last_used_at INTEGER NOT NULL,
            PRIMARY KEY(user_id, address)) WITHOUT ROWID;
        CREATE INDEX known_addresses_age ON known_addresses(last_used_at);
        INSERT INTO properties(name, value) VALUES('address_key', lower(hex(randomblob(32))));
        """;

    // Version 7: exceptions from what everybody may do in a channel, for a role (1: everybody) or for one person; 0 stands for none of them.
    private const string Rights = """
        CREATE TABLE overwrites(
            channel_id INTEGER NOT NULL REFERENCES channels(id),
            role_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            allow INTEGER NOT NULL,
            deny INTEGER NOT NULL,
            PRIMARY KEY(channel_id, role_id, user_id),
            CHECK((role_id = 0) <> (user_id = 0))) WITHOUT ROWID;
        """;

    // Version 8: messages that change. changed: the number of the event that touched a message last (NULL: its own). mentions: whom its words mean now, where
    // they were edited (ids, with commas). versions: the words before each edit, under the edit's number. A reaction's number is that of its event; the counts
    // are kept, so that a page reads at most 20 rows a message. deleted_at: the words are gone, the place stays.
    private const string Changes = """
        ALTER TABLE messages ADD COLUMN changed INTEGER;
        ALTER TABLE messages ADD COLUMN edited INTEGER;
        ALTER TABLE messages ADD COLUMN edited_at INTEGER;
        ALTER TABLE messages ADD COLUMN mentions TEXT;
        ALTER TABLE messages ADD COLUMN deleted_at INTEGER;
        ALTER TABLE messages ADD COLUMN reply_to INTEGER REFERENCES messages(id);
        CREATE TABLE versions(
            message_id INTEGER NOT NULL REFERENCES messages(id),
            number INTEGER NOT NULL,
            content TEXT NOT NULL,
            at INTEGER NOT NULL,
            PRIMARY KEY(message_id, number)) WITHOUT ROWID;
        CREATE TABLE reactions(
            message_id INTEGER NOT NULL REFERENCES messages(id),
            emoji TEXT NOT NULL,
            user_id INTEGER NOT NULL REFERENCES users(id),
            number INTEGER NOT NULL,
            PRIMARY KEY(message_id, emoji, user_id)) WITHOUT ROWID;
        CREATE TABLE reaction_counts(
            message_id INTEGER NOT NULL REFERENCES messages(id),
            emoji TEXT NOT NULL,
            count INTEGER NOT NULL,
            first_number INTEGER NOT NULL,
            PRIMARY KEY(message_id, emoji)) WITHOUT ROWID;
        CREATE TABLE change_nonces(
            user_id INTEGER NOT NULL REFERENCES users(id),
            nonce TEXT NOT NULL,
            channel_id INTEGER NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY(user_id, nonce)) WITHOUT ROWID;
        """;

    // Version 9: what other engines have, too. A name's key takes the place of a collation, and times of accounts and channels are integers.
    private const string Keys = """
        ALTER TABLE users ADD COLUMN name_key TEXT GENERATED ALWAYS AS (lower(username)) VIRTUAL;
        ALTER TABLE users ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;
        UPDATE users SET made_at = COALESCE(unixepoch(created_at), 0) * 1000000;
        CREATE UNIQUE INDEX users_key ON users(name_key);
        ALTER TABLE users DROP COLUMN created_at;
        ALTER TABLE users RENAME COLUMN made_at TO created_at;
        ALTER TABLE channels ADD COLUMN name_key TEXT GENERATED ALWAYS AS (lower(name)) VIRTUAL;
        ALTER TABLE channels ADD COLUMN made_at INTEGER NOT NULL DEFAULT 0;
        UPDATE channels SET made_at = COALESCE(unixepoch(created_at), 0) * 1000000;
        CREATE UNIQUE INDEX channels_key ON channels(name_key);
        DROP INDEX channels_public;
        CREATE INDEX channels_public ON channels(name_key) WHERE low_user_id IS NULL;
        ALTER TABLE channels DROP COLUMN created_at;
        ALTER TABLE channels RENAME COLUMN made_at TO created_at;
        """;

    /// <summary>
    /// What brings the schema from version 1 to 2, from 2 to 3, and so on up to <see cref="SchemaVersion.Current"/>; a new one goes to the end, and none is
    /// ever changed.
    /// </summary>
    public static readonly string[] Steps = [Mentions, People, Counts, Admission, Addresses, Rights, Changes, Keys];

    // Times of our own are microseconds after the Unix epoch; created_at of users and channels keep the predecessor's text up to version 9.
    // A direct conversation is a channel of two: its name is @LOWID:HIGHID, which nobody can type.
    // A message's number stands in both tables: in events it is the key of the log, in messages it answers a repeated nonce.
    public const string Tables = """
        CREATE TABLE users(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            username TEXT NOT NULL UNIQUE COLLATE NOCASE,
            password_hash TEXT NOT NULL,
            created_at TEXT NOT NULL);
        CREATE TABLE channels(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE COLLATE NOCASE,
            description TEXT NOT NULL DEFAULT '',
            created_by INTEGER REFERENCES users(id),
            created_at TEXT NOT NULL,
            last_number INTEGER NOT NULL DEFAULT 0,
            low_user_id INTEGER REFERENCES users(id),
            high_user_id INTEGER REFERENCES users(id));
        CREATE INDEX channels_low_user ON channels(low_user_id) WHERE low_user_id IS NOT NULL;
        CREATE INDEX channels_high_user ON channels(high_user_id) WHERE high_user_id IS NOT NULL;
        CREATE INDEX channels_public ON channels(name) WHERE low_user_id IS NULL;
        CREATE TABLE messages(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            channel_id INTEGER NOT NULL REFERENCES channels(id),
            user_id INTEGER NOT NULL REFERENCES users(id),
            content TEXT NOT NULL,
            msg_type TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            number INTEGER NOT NULL,
            nonce TEXT);
        CREATE UNIQUE INDEX messages_nonce ON messages(user_id, nonce) WHERE nonce IS NOT NULL;
        CREATE TABLE events(
            channel_id INTEGER NOT NULL REFERENCES channels(id),
            number INTEGER NOT NULL,
            kind TEXT NOT NULL,
            message_id INTEGER REFERENCES messages(id),
            actor_id INTEGER NOT NULL REFERENCES users(id),
            body TEXT,
            at INTEGER NOT NULL,
            PRIMARY KEY(channel_id, number)) WITHOUT ROWID;
        CREATE TABLE sessions(
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token_hash TEXT NOT NULL UNIQUE,
            user_id INTEGER NOT NULL REFERENCES users(id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL);
        CREATE INDEX sessions_user ON sessions(user_id);
        CREATE TABLE read_positions(
            user_id INTEGER NOT NULL REFERENCES users(id),
            channel_id INTEGER NOT NULL REFERENCES channels(id),
            number INTEGER NOT NULL DEFAULT 0,
            delivered_number INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY(user_id, channel_id)) WITHOUT ROWID;
        CREATE TABLE properties(
            name TEXT PRIMARY KEY,
            value TEXT NOT NULL) WITHOUT ROWID;
        """;
}
