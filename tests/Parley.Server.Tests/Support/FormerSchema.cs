namespace Parley.Server.Tests.Support;

/// <summary>What later versions of the schema added, taken away again: a file as an earlier version of this program wrote it.</summary>
internal static class FormerSchema
{
    public const string BackToVersion3 = """
        PRAGMA foreign_keys = OFF;
        DROP INDEX users_key;
        DROP INDEX channels_key;
        DROP INDEX channels_public;
        ALTER TABLE users DROP COLUMN name_key;
        ALTER TABLE users RENAME COLUMN created_at TO made_at;
        ALTER TABLE users ADD COLUMN created_at TEXT NOT NULL DEFAULT '';
        UPDATE users SET created_at = datetime(made_at / 1000000, 'unixepoch');
        ALTER TABLE users DROP COLUMN made_at;
        ALTER TABLE channels DROP COLUMN name_key;
        ALTER TABLE channels RENAME COLUMN created_at TO made_at;
        ALTER TABLE channels ADD COLUMN created_at TEXT NOT NULL DEFAULT '';
        UPDATE channels SET created_at = datetime(made_at / 1000000, 'unixepoch');
        ALTER TABLE channels DROP COLUMN made_at;
        CREATE INDEX channels_public ON channels(name) WHERE low_user_id IS NULL;
        DROP TABLE change_nonces;
        DROP TABLE reaction_counts;
        DROP TABLE reactions;
        DROP TABLE versions;
        ALTER TABLE messages DROP COLUMN changed;
        ALTER TABLE messages DROP COLUMN edited;
        ALTER TABLE messages DROP COLUMN edited_at;
        ALTER TABLE messages DROP COLUMN mentions;
        ALTER TABLE messages DROP COLUMN deleted_at;
        ALTER TABLE messages DROP COLUMN reply_to;
        DROP TABLE overwrites;
        DROP TABLE known_addresses;
        DROP TABLE invites;
        DELETE FROM properties WHERE name = 'address_key';
        ALTER TABLE users DROP COLUMN banned_at;
        ALTER TABLE users DROP COLUMN ban_reason;
        ALTER TABLE users DROP COLUMN one_time_until;
        ALTER TABLE channels DROP COLUMN hidden_at;
        DROP TABLE author_counts;
        DROP INDEX channels_low_latest;
        DROP INDEX channels_high_latest;
        DROP INDEX sessions_user;
        DROP INDEX mentions_event;
        CREATE INDEX sessions_user ON sessions(user_id);
        CREATE INDEX mentions_event ON mentions(channel_id, number, user_id);
        ALTER TABLE mentions DROP COLUMN count;
        ALTER TABLE channels DROP COLUMN message_count;
        ALTER TABLE channels DROP COLUMN last_message_id;
        ALTER TABLE events DROP COLUMN message_count;
        ALTER TABLE users DROP COLUMN waiting_after;
        PRAGMA user_version = 3;
        """;

    public const string BackToVersion1 = $"""
        {BackToVersion3}
        DROP TABLE mentions;
        ALTER TABLE users DROP COLUMN status;
        ALTER TABLE users DROP COLUMN status_text;
        ALTER TABLE sessions DROP COLUMN client;
        PRAGMA user_version = 1;
        """;
}
