using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Features.Rights;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

/// <summary>Channels as they are stored. To a single one there is one way, which asks who wants it and what for: <see cref="ChannelAccess"/>.</summary>
internal static class ChannelStore
{
    /// <summary>
    /// The most channels, public and private together. Some clients get all of them in one frame, at each login (docs/protocol.md, "Limits").
    /// </summary>
    public const int MostChannels = 500;

    private const string Shown = "SELECT id, name, description FROM channels WHERE low_user_id IS NULL AND hidden_at IS NULL ORDER BY name_key";

    private const string SeenByOne = $"""
        SELECT c.id, c.name, c.description, {OverwriteStore.Columns} FROM channels c {OverwriteStore.Join}
        WHERE c.low_user_id IS NULL AND c.hidden_at IS NULL ORDER BY c.name_key
        """;

    /// <summary>The channels that somebody sees, by name.</summary>
    /// <param name="db">Where to look.</param>
    /// <param name="viewer">Who.</param>
    public static List<ChannelEntry> AllSeen(DatabaseConnection db, UserId viewer) =>
        [.. db.Prepare(SeenByOne)
            .Set("@viewer", viewer.Value)
            .All(r => (Channel: new ChannelEntry(new ChannelId(r.Integer(0)), r.Text(1), r.Text(2)), Rights: OverwriteStore.Read(r, 3)))
            .Where(found => found.Rights.HasFlag(ChannelRights.See))
            .Select(found => found.Channel)];

    /// <summary>All channels but those that are hidden, by name, whoever sees them.</summary>
    public static List<ChannelEntry> AllShown(DatabaseConnection db) =>
        db.Prepare(Shown).All(r => new ChannelEntry(new ChannelId(r.Integer(0)), r.Text(1), r.Text(2)));

    /// <summary>Whether a channel has this name, whoever sees it.</summary>
    public static bool IsTaken(DatabaseConnection db, string name) =>
        db.Prepare("SELECT 1 FROM channels WHERE name_key = @key").Set("@key", NameKey.Of(name)).Integer() is not null;

    /// <summary>How many channels there are that are no conversations and not hidden; private ones count.</summary>
    public static long CountShown(DatabaseConnection db) => db.Prepare("SELECT COUNT(*) FROM channels WHERE low_user_id IS NULL AND hidden_at IS NULL").Integer() ?? 0;

    /// <summary>When a user made their channels of a time, in microseconds after the Unix epoch, the oldest first.</summary>
    public static List<long> MadeSince(DatabaseConnection db, UserId by, long after, long until) =>
        db.Prepare("""
                SELECT created_at FROM channels
                WHERE low_user_id IS NULL AND created_by = @by AND created_at > @after AND created_at <= @until ORDER BY created_at
                """)
            .Set("@by", by.Value)
            .Set("@after", after)
            .Set("@until", until)
            .All(r => r.Integer(0));

    /// <summary>Makes a channel, seen by everybody until it is made private; null where the name is taken.</summary>
    public static ChannelId? Add(DatabaseConnection db, string name, string description, UserId by, long at) =>
        db.Prepare("INSERT INTO channels(name, description, created_by, created_at) VALUES(@name, @description, @by, @at) ON CONFLICT DO NOTHING RETURNING id")
            .Set("@name", name)
            .Set("@description", description)
            .Set("@by", by.Value)
            .Set("@at", at)
            .Integer() is { } id ? new ChannelId(id) : null;
}
