using Parley.Protocol.Wire;
using Parley.Server.Features.Rights;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

/// <summary>What of a channel or conversation is the same for everybody who may see it.</summary>
internal sealed class SharedChannel
{
    private const string ById = """
        SELECT c.id, c.name, c.last_number, c.low_user_id, c.high_user_id, e.allow, e.deny,
            (SELECT o.user_id FROM overwrites o WHERE o.channel_id = c.id AND o.role_id = 0 LIMIT 1)
        FROM channels c LEFT JOIN overwrites e ON e.channel_id = c.id AND e.role_id = 1 AND e.user_id = 0
        WHERE c.hidden_at IS NULL AND c.id = @id
        """;

    private readonly ChannelRow _row;

    private SharedChannel(Row row)
    {
        UserId? low = row.IsNull(3) ? null : new UserId(row.Integer(3));
        UserId? high = row.IsNull(4) ? null : new UserId(row.Integer(4));
        var rights = RightRules.InChannel(OverwriteStore.ReadOne(row, 5), default);
        _row = new ChannelRow(new ChannelId(row.Integer(0)), row.Text(1), row.Integer(2), low, high, rights);
        HasPersonalRights = !row.IsNull(7);
    }

    /// <summary>Whether somebody has rights of their own there: then this says nothing of anybody's.</summary>
    public bool HasPersonalRights { get; }

    /// <summary>One that the operator has not hidden; null where there is none.</summary>
    public static SharedChannel? Find(DatabaseConnection db, ChannelId id) => db.Prepare(ById).Set("@id", id.Value).First(row => new SharedChannel(row));

    /// <summary>As somebody sees it who has no rights of their own there; null where they do not.</summary>
    public ChannelRow? SeenBy(UserId viewer)
    {
        var seen = _row.IsConversation ? _row with { Rights = RightRules.InConversation(_row.Low == viewer || _row.High == viewer) } : _row;
        return seen.Rights.HasFlag(ChannelRights.See) ? seen : null;
    }
}
