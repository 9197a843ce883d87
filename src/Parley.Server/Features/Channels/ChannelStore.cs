using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

/// <summary>A channel or conversation as it is stored.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; <c>@LOW:HIGH</c> for a conversation.</param>
/// <param name="LastNumber">The number of its latest event.</param>
/// <param name="MessageCount">How many of its events are messages or actions.</param>
/// <param name="Low">The one of a conversation's two people whose id is lower; null for a public channel.</param>
/// <param name="High">The other.</param>
internal sealed record ChannelRow(ChannelId Id, string Name, long LastNumber, long MessageCount, UserId? Low, UserId? High)
{
    public bool IsConversation => Low is not null;

    /// <summary>Whether somebody may see it.</summary>
    public bool IsVisibleTo(UserId user) => Low is null || Low == user || High == user;

    /// <summary>The other one of a conversation (or oneself, in notes to oneself).</summary>
    public UserId Other(UserId viewer) => (Low == viewer ? High : Low) ?? viewer;
}

/// <summary>
/// Channels and conversations. A channel that the operator has hidden is there for nobody, though its name stays taken. Whoever asks for one sees only what may
/// be seen: "not allowed" and "not there" are one case.
/// </summary>
internal static class ChannelStore
{
    /// <summary>There are clients that are told all of them at once, in one frame, at each login (docs/protocol.md, "Limits").</summary>
    public const int MostPublic = 500;

    private const long MicrosecondsOfASecond = 1_000_000;
    private const string Columns = "SELECT id, name, last_number, message_count, low_user_id, high_user_id FROM channels";
    private const string VisibleById = $"{Columns} WHERE id = @id AND hidden_at IS NULL AND (low_user_id IS NULL OR low_user_id = @viewer OR high_user_id = @viewer)";
    private const string PublicByName = $"{Columns} WHERE name = @name AND low_user_id IS NULL AND hidden_at IS NULL";

    public static ChannelRow? FindVisible(StoreConnection store, ChannelId id, UserId viewer) =>
        store.Prepare(VisibleById)
            .Set("@id", id.Value)
            .Set("@viewer", viewer.Value)
            .First(Channel);

    public static ChannelRow? FindPublic(StoreConnection store, string name) =>
        store.Prepare(PublicByName).Set("@name", name).First(Channel);

    public static List<ChannelEntry> AllPublic(StoreConnection store) =>
        store.Prepare("SELECT id, name, description FROM channels WHERE low_user_id IS NULL AND hidden_at IS NULL ORDER BY name")
            .All(r => new ChannelEntry(new ChannelId(r.Integer(0)), r.Text(1), r.Text(2)));

    public static long CountPublic(StoreConnection store) => store.Prepare("SELECT COUNT(*) FROM channels WHERE low_user_id IS NULL AND hidden_at IS NULL").Integer() ?? 0;

    /// <summary>When a user made their public channels of a time, in microseconds and to the second, the oldest first.</summary>
    public static List<long> MadeSince(StoreConnection store, UserId by, long after, long until) =>
        store.Prepare("""
                SELECT unixepoch(created_at) FROM channels
                WHERE low_user_id IS NULL AND created_by = @by AND unixepoch(created_at) > @after AND unixepoch(created_at) <= @until ORDER BY 1
                """)
            .Set("@by", by.Value)
            .Set("@after", after / MicrosecondsOfASecond)
            .Set("@until", until / MicrosecondsOfASecond)
            .All(r => r.Integer(0) * MicrosecondsOfASecond);

    /// <summary>Makes a public channel; null where the name is taken.</summary>
    public static ChannelId? Add(StoreConnection store, string name, string description, UserId by, long at) =>
        store.Prepare("INSERT INTO channels(name, description, created_by, created_at) VALUES(@name, @description, @by, @at) ON CONFLICT DO NOTHING RETURNING id")
            .Set("@name", name)
            .Set("@description", description)
            .Set("@by", by.Value)
            .Set("@at", StoredTime.ToText(WireTime.FromMicroseconds(at)))
            .Integer() is { } id ? new ChannelId(id) : null;

    private static ChannelRow Channel(Row r) =>
        new(new ChannelId(r.Integer(0)), r.Text(1), r.Integer(2), r.Integer(3), r.IsNull(4) ? null : new UserId(r.Integer(4)), r.IsNull(5) ? null : new UserId(r.Integer(5)));
}
