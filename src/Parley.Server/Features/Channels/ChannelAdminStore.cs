using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Admin;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

/// <summary>All channels but conversations, as the operator sees them: private and hidden ones, too.</summary>
internal static class ChannelAdminStore
{
    public static (ChannelEntry Channel, bool IsHidden)? Find(DatabaseConnection db, string name) =>
        db.Prepare("SELECT id, name, description, last_number, hidden_at IS NOT NULL FROM channels WHERE name_key = @key AND low_user_id IS NULL")
            .Set("@key", NameKey.Of(name))
            .First(r => Tuple.Create(new ChannelEntry(new ChannelId(r.Integer(0)), r.Text(1), r.Text(2), r.Integer(3)), r.Integer(4) != 0)) is { } row ? (row.Item1, row.Item2) : null;

    public static List<AdminChannel> Page(DatabaseConnection db, long after, int limit) =>
        db.Prepare("""
                SELECT c.id, c.name, c.description, c.last_number, u.username, c.hidden_at FROM channels c LEFT JOIN users u ON u.id = c.created_by
                WHERE c.low_user_id IS NULL AND c.id > @after ORDER BY c.id LIMIT @limit
                """)
            .Set("@after", after)
            .Set("@limit", limit)
            .All(r => new AdminChannel(
                r.Integer(0), r.Text(1), r.Text(2), r.Integer(3), r.IsNull(4) ? null : r.Text(4), r.IsNull(5) ? null : WireTime.FromMicroseconds(r.Integer(5))));

    /// <summary>False where the name is taken.</summary>
    public static bool Rename(DatabaseConnection db, ChannelId id, string name) =>
        db.Prepare("""
                UPDATE channels SET name = @name WHERE id = @id AND NOT EXISTS (SELECT 1 FROM channels o WHERE o.name_key = @key AND o.id <> @id)
                """)
            .Set("@name", name)
            .Set("@key", NameKey.Of(name))
            .Set("@id", id.Value)
            .Execute() > 0;

    public static void SetHidden(DatabaseConnection db, ChannelId id, long? at) =>
        db.Prepare("UPDATE channels SET hidden_at = @at WHERE id = @id").Set("@id", id.Value).Set("@at", at).Execute();
}
