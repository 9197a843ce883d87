-- The server's schema, version 3, step by step as that version made it. A later server brings it to its own; so every version can be measured with the same data.
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
CREATE TABLE mentions(
    user_id INTEGER NOT NULL REFERENCES users(id),
    channel_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY(user_id, channel_id, number),
    FOREIGN KEY(channel_id, number) REFERENCES events(channel_id, number)) WITHOUT ROWID;
CREATE INDEX mentions_event ON mentions(channel_id, number, user_id);
ALTER TABLE users ADD COLUMN status TEXT NOT NULL DEFAULT 'online';
ALTER TABLE users ADD COLUMN status_text TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN client TEXT NOT NULL DEFAULT '';
