using Parley.Protocol.Wire;
using Parley.Server.Events.Visibility;
using Parley.Server.Storage;

namespace Parley.Server.Features.Rights;

/// <summary>The exceptions of channels, for the role of everybody or for one person.</summary>
internal static class OverwriteStore
{
    /// <summary>Joins a channel <c>c</c> with the exceptions that concern a viewer: <c>e</c> for everybody, <c>o</c> the viewer's own.</summary>
    public const string Join = """
        LEFT JOIN overwrites e ON e.channel_id = c.id AND e.role_id = 1 AND e.user_id = 0
        LEFT JOIN overwrites o ON o.channel_id = c.id AND o.role_id = 0 AND o.user_id = @viewer
        """;

    private const string Excepted = $"""
        SELECT {Columns}, c.id FROM channels c {Join}
        WHERE c.low_user_id IS NULL AND (e.channel_id IS NOT NULL OR o.channel_id IS NOT NULL)
        """;

    /// <summary>The columns of <see cref="Join"/>, for <see cref="Read"/>.</summary>
    public const string Columns = "e.allow, e.deny, o.allow, o.deny";

    /// <summary>What a viewer may do in a channel that is not a conversation.</summary>
    /// <param name="row">Where <see cref="Columns"/> stand.</param>
    /// <param name="first">The index of the first of them.</param>
    public static ChannelRights Read(Row row, int first) => RightRules.InChannel(ReadOne(row, first), ReadOne(row, first + 2));

    /// <summary>What a member may do in a channel that is not a conversation.</summary>
    public static ChannelRights Of(DatabaseConnection db, ChannelId channel, UserId viewer) =>
        db.Prepare($"SELECT {Columns} FROM channels c {Join} WHERE c.id = @channel")
            .Set("@channel", channel.Value)
            .Set("@viewer", viewer.Value)
            .All(r => Read(r, 0))
            .SingleOrDefault();

    /// <summary>
    /// What somebody sees that differs from what everybody sees, and what not everybody sees. All channels are looked at: there are some hundreds.
    /// </summary>
    /// <param name="db">Where to look.</param>
    /// <param name="viewer">Who; null for everybody.</param>
    public static ChannelVisibility Visibility(DatabaseConnection db, UserId? viewer)
    {
        if (db.Prepare("SELECT 1 FROM overwrites LIMIT 1").Integer() is null)
            return ChannelVisibility.Plain; // Most servers.
        var (privateChannels, exceptions) = (new HashSet<ChannelId>(), new HashSet<ChannelId>());
        var found = db.Prepare(Excepted).Set("@viewer", viewer?.Value ?? 0).All(r => (new ChannelId(r.Integer(4)), ReadOne(r, 0), ReadOne(r, 2)));
        foreach (var (channel, everyone, own) in found)
        {
            var isPublic = RightRules.InChannel(everyone, default).HasFlag(ChannelRights.See);
            if (!isPublic)
                privateChannels.Add(channel);
            if (RightRules.InChannel(everyone, own).HasFlag(ChannelRights.See) != isPublic)
                exceptions.Add(channel);
        }

        return new ChannelVisibility(privateChannels, exceptions);
    }

    /// <summary>The exception for everybody, or for one member; an empty one where there is none.</summary>
    public static Overwrite Find(DatabaseConnection db, ChannelId channel, UserId? member) =>
        db.Prepare("SELECT allow, deny FROM overwrites WHERE channel_id = @channel AND role_id = @role AND user_id = @user")
            .Set("@channel", channel.Value)
            .Set("@role", member is null ? RightRules.Everyone : 0)
            .Set("@user", member?.Value ?? 0)
            .All(r => ReadOne(r, 0))
            .SingleOrDefault();

    /// <summary>The members whose own exception says whether they see a channel.</summary>
    public static HashSet<UserId> WithOwnVisibility(DatabaseConnection db, ChannelId channel) =>
        [.. db.Prepare("SELECT user_id FROM overwrites WHERE channel_id = @channel AND role_id = 0 AND ((allow | deny) & 1) <> 0")
            .Set("@channel", channel.Value)
            .All(r => new UserId(r.Integer(0)))];

    /// <summary>Sets an exception of a channel. <c>general</c> is to stay visible: every connection of level 1 begins there.</summary>
    /// <param name="db">The transaction.</param>
    /// <param name="channel">Where.</param>
    /// <param name="member">For whom; null for everybody.</param>
    /// <param name="overwrite">What.</param>
    public static void Set(DatabaseConnection db, ChannelId channel, UserId? member, Overwrite overwrite) =>
        db.Prepare("""
                INSERT INTO overwrites(channel_id, role_id, user_id, allow, deny) VALUES(@channel, @role, @user, @allow, @deny)
                ON CONFLICT(channel_id, role_id, user_id) DO UPDATE SET allow = excluded.allow, deny = excluded.deny
                """)
            .Set("@channel", channel.Value)
            .Set("@role", member is null ? RightRules.Everyone : 0)
            .Set("@user", member?.Value ?? 0)
            .Set("@allow", (long)overwrite.Allow)
            .Set("@deny", (long)overwrite.Deny)
            .Execute();

    /// <summary>One exception; an empty one where there is none.</summary>
    public static Overwrite ReadOne(Row row, int first) =>
        row.IsNull(first) ? default : new Overwrite((ChannelRights)row.Integer(first), (ChannelRights)row.Integer(first + 1));
}
