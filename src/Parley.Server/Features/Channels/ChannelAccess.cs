using Parley.Protocol.Rules;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Features.Rights;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

/// <summary>
/// The one way to a channel or conversation, by its id or its name: with who asks, and for what. What they may not see is not there for them, and neither is
/// what the operator has hidden, though its name stays taken.
/// </summary>
internal static class ChannelAccess
{
    private const string Seen = $"""
        SELECT c.id, c.name, c.last_number, c.low_user_id, c.high_user_id, {OverwriteStore.Columns} FROM channels c {OverwriteStore.Join}
        WHERE c.hidden_at IS NULL
        """;

    private const string ById = $"{Seen} AND c.id = @id";
    private const string ByName = $"{Seen} AND c.name_key = @key AND c.low_user_id IS NULL";

    /// <summary>A channel or conversation by its id; null where there is none that the viewer sees.</summary>
    /// <remarks>Within a run of drafts a channel that has no exception for a single person is looked up once, whoever says something there.</remarks>
    public static ChannelRow? Find(DatabaseConnection db, UserId viewer, ChannelId id)
    {
        if (db.ChannelsOfRun is not { } known)
            return Find(db.Prepare(ById).Set("@id", id.Value), viewer);
        if (known.GetValueOrDefault(id) is not SharedChannel shared)
        {
            if (SharedChannel.Find(db, id) is not { } found)
                return null;
            known[id] = shared = found;
        }

        return shared.HasPersonalRights ? Find(db.Prepare(ById).Set("@id", id.Value), viewer) : shared.SeenBy(viewer);
    }

    /// <summary>A channel by its name, as <see cref="ChannelNameRule.Normalize"/> gives it; null where there is none that the viewer sees.</summary>
    public static ChannelRow? Find(DatabaseConnection db, UserId viewer, string name) => Find(db.Prepare(ByName).Set("@key", NameKey.Of(name)), viewer);

    /// <summary>Why somebody cannot do something in a channel; null where they can.</summary>
    /// <param name="found">What was found for them.</param>
    /// <param name="needed">What they would do.</param>
    /// <param name="asked">The channel as it was asked for.</param>
    public static Refusal? Refuse(ChannelRow? found, ChannelRights needed, string asked)
    {
        if (found is null)
            return Refusal.NoSuchChannel(asked);
        return found.Rights.HasFlag(needed) ? null : Refusal.Forbidden;
    }

    /// <summary>Whether somebody else may see a channel that was found.</summary>
    public static bool MaySee(DatabaseConnection db, ChannelRow channel, UserId other) => channel.IsConversation
        ? channel.Low == other || channel.High == other
        : OverwriteStore.Of(db, channel.Id, other).HasFlag(ChannelRights.See);

    private static ChannelRow? Find(Statement statement, UserId viewer)
    {
        var found = statement.Set("@viewer", viewer.Value).First(r =>
        {
            UserId? low = r.IsNull(3) ? null : new UserId(r.Integer(3));
            UserId? high = r.IsNull(4) ? null : new UserId(r.Integer(4));
            var rights = low is null ? OverwriteStore.Read(r, 5) : RightRules.InConversation(low == viewer || high == viewer);
            return new ChannelRow(new ChannelId(r.Integer(0)), r.Text(1), r.Integer(2), low, high, rights);
        });
        return found is not null && found.Rights.HasFlag(ChannelRights.See) ? found : null;
    }
}
