using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Events.Visibility;
using Parley.Server.Features.ReadState;
using Parley.Server.Features.Rights;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

/// <summary>Who sees a channel: sets it in the transaction, and says what that changes for those who are here.</summary>
internal static class VisibilityWrites
{
    /// <summary>Makes a channel public or private. Members with an exception of their own see what they saw.</summary>
    /// <returns>What changed; null where it is so already.</returns>
    public static VisibilityChanged? SetForEveryone(DatabaseConnection db, ChannelEntry channel, bool isSeen)
    {
        var former = OverwriteStore.Find(db, channel.Id, member: null);
        var wasSeen = RightRules.InChannel(former, default).HasFlag(ChannelRights.See);
        OverwriteStore.Set(db, channel.Id, member: null, Changed(former, isSeen));
        if (wasSeen == isSeen)
            return null;
        // Told to everybody at once: only what is the same for all. How far each has read is in the lists.
        var appearing = channel.LastNumber > 0 ? channel : channel with { LastNumber = null };
        ServerEvent announcement = isSeen ? new ChannelAppeared(appearing) : Gone(db, channel);
        return new VisibilityChanged(channel.Id, isSeen, announcement) { Unaffected = OverwriteStore.WithOwnVisibility(db, channel.Id) };
    }

    /// <summary>Lets one member see a channel, or not, whatever everybody may.</summary>
    /// <inheritdoc cref="SetForEveryone"/>
    public static VisibilityChanged? SetForMember(DatabaseConnection db, ChannelEntry channel, UserId member, bool isSeen)
    {
        var wasSeen = OverwriteStore.Of(db, channel.Id, member).HasFlag(ChannelRights.See);
        OverwriteStore.Set(db, channel.Id, member, Changed(OverwriteStore.Find(db, channel.Id, member), isSeen));
        if (wasSeen == isSeen)
            return null;
        ServerEvent announcement = isSeen ? new ChannelAppeared(Read(db, channel, member)) : Gone(db, channel);
        return new VisibilityChanged(channel.Id, isSeen, announcement with { Audience = Audience.OfUser(member) }) { Member = member };
    }

    private static Overwrite Changed(Overwrite former, bool isSeen) => isSeen
        ? new Overwrite(former.Allow | ChannelRights.See, former.Deny & ~ChannelRights.See)
        : new Overwrite(former.Allow & ~ChannelRights.See, former.Deny | ChannelRights.See);

    private static ChannelEntry Read(DatabaseConnection db, ChannelEntry channel, UserId member) =>
        ReadStateStore.Find(db, member, channel.Id) is { } seen ? ChannelSummaries.ToEntries([seen])[0] : channel;

    private static ChannelDisappeared Gone(DatabaseConnection db, ChannelEntry channel) =>
        new(channel, [.. ChannelStore.AllShown(db).Where(other => other.Id != channel.Id)]);
}
