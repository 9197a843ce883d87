using Parley.Protocol.Wire;
using Parley.Server.Events.Feeds;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;

namespace Parley.Server.Events.Visibility;

/// <summary>
/// Applies committed changes of visibility: it moves receivers between feeds, and tells them. It knows the private channels, and the exceptions of each
/// receiver that is here. It belongs to the fan-out's thread.
/// </summary>
internal sealed class VisibilityUpdater(FeedTable feeds, Attendance attendance, Sender sender, EventWriter writer)
{
    private PrivateChannels PrivateChannels => feeds.PrivateChannels;

    /// <summary>Applies a change and tells those whom it concerns. From then on they hear of the channel, or do not.</summary>
    public void Apply(FanOut fanOut, VisibilityChanged change)
    {
        var there = In(change.Channel);
        if (change.Member is { } member)
            ChangeFor(fanOut, change, member);
        else
            ChangeForEveryone(change);
        foreach (var receiver in there.Where(receiver => !receiver.Sees(change.Channel)))
            receiver.Dialect.Lost(fanOut, receiver, change.Channel);
    }

    /// <summary>What an arriving receiver sees when its hold ends.</summary>
    /// <param name="user">Who it is.</param>
    /// <param name="read">What they saw when their initial snapshot was read; null where that is known to be what everybody sees.</param>
    /// <param name="kept">What has happened since the hold began.</param>
    public VisibleSet AtRelease(UserId? user, ChannelVisibility? read, IReadOnlyList<ServerEvent> kept)
    {
        if (read is null)
            return PrivateChannels.Everyone;
        var changes = kept.OfType<VisibilityChanged>().Where(change => user is { } id && change.Concerns(id)).ToList();
        if (changes.Count == 0 && PrivateChannels.All.Count == 0 && read.PrivateChannels.Count == 0 && read.Exceptions.Count == 0)
            return PrivateChannels.Everyone; // Nearly always.
        var seen = PrivateChannels.All.Concat(read.PrivateChannels).Concat(read.Exceptions).Distinct().ToDictionary(channel => channel, read.Sees);
        foreach (var change in changes)
            seen[change.Channel] = change.IsSeen;
        return new VisibleSet(PrivateChannels, seen.Where(one => one.Value == PrivateChannels.Contains(one.Key)).Select(one => one.Key));
    }

    /// <summary>
    /// The kept events that a receiver is to be told. Where the visibility of a channel changed during the hold, its events before the last change are dropped,
    /// and all after it are told: the announcement describes the channel anew, whatever the answer said of it.
    /// </summary>
    /// <param name="receiver">Whose set is the one of now.</param>
    /// <param name="kept">What was kept, in order.</param>
    /// <param name="isIncluded">Whether the answer already includes an event.</param>
    /// <param name="lost">Gets the channels that are not seen any more.</param>
    public static IEnumerable<ServerEvent> ToTell(
        Receiver receiver, IReadOnlyList<ServerEvent> kept, Func<ServerEvent, bool> isIncluded, ICollection<ChannelId> lost)
    {
        Dictionary<ChannelId, int>? changed = null;
        for (var i = 0; i < kept.Count; i++)
        {
            if (kept[i] is VisibilityChanged change)
                (changed ??= [])[change.Channel] = i;
        }

        for (var i = 0; i < kept.Count; i++)
        {
            var happened = kept[i];
            if (changed is null || !changed.TryGetValue(ChannelOf(happened), out var last))
            {
                if (!isIncluded(happened) && receiver.IsTold(happened))
                    yield return happened;
            }
            else if (i == last && happened is VisibilityChanged change)
            {
                if (!change.IsSeen)
                    lost.Add(change.Channel);
                if (change.Announcement is { } announcement)
                    yield return announcement;
            }
            else if (i > last && receiver.IsTold(happened))
            {
                yield return happened;
            }
        }
    }

    private void ChangeFor(FanOut fanOut, VisibilityChanged change, UserId member)
    {
        foreach (var receiver in attendance.ReceiversOf(member, member).ToList())
            Move(receiver, change.Channel, isException: change.IsSeen == PrivateChannels.Contains(change.Channel));
        Announce(change.Announcement);
        attendance.AnnounceVisibility(fanOut, member, change.Channel, change.IsSeen);
    }

    // Members with a rule of their own see what they saw. Everybody else stays in their feed, and what that feed sees changes.
    private void ChangeForEveryone(VisibilityChanged change)
    {
        var apart = change.Unaffected.SelectMany(user => attendance.ReceiversOf(user, user))
            .ToLookup(receiver => receiver.Visible?.Excepts(change.Channel) == true);
        var (leaving, entering) = (apart[true].ToList(), apart[false].ToList());
        // 1. Those without an exception get one, so that they keep what they see. As exceptions they are not told the announcement.
        foreach (var receiver in entering)
            Move(receiver, change.Channel, isException: true);
        // 2. The channel becomes private or public, and everybody else is told, as long as they see it.
        if (!change.IsSeen)
            Announce(change.Announcement);
        PrivateChannels.Set(change.Channel, isPrivate: !change.IsSeen);
        if (change.IsSeen)
            Announce(change.Announcement);
        // 3. Those who had an exception see what everybody sees now: it is removed.
        foreach (var receiver in leaving)
            Move(receiver, change.Channel, isException: false);
    }

    private void Announce(ServerEvent? announcement)
    {
        if (announcement is not null)
            writer.Write(announcement);
    }

    private void Move(Receiver receiver, ChannelId channel, bool isException)
    {
        if (receiver.Visible is not { } former || former.Excepts(channel) == isException)
            return;
        var isInFeed = receiver.Feed is not null;
        sender.Leave(receiver);
        receiver.Visible = former.With(channel, isException);
        attendance.SetException(receiver, channel, isException);
        if (isInFeed)
            sender.Join(receiver);
    }

    // Those who listen to this channel alone.
    private List<Receiver> In(ChannelId channel)
    {
        List<Receiver> there = [];
        foreach (var ofDialect in feeds.Dialects)
            there.AddRange(ofDialect.ReceiversIn(channel));
        return there;
    }

    private static ChannelId ChannelOf(ServerEvent happened) => happened switch
    {
        VisibilityChanged change => change.Channel,
        { Audience: { Kind: AudienceKind.Channel or AudienceKind.Viewers, Channel: var channel } } => channel,
        _ => default,
    };
}
