using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>
/// What those who are here see: it follows what was committed, and moves receivers between feeds where that changes. Of everybody's it knows which channels are
/// closed, of a member's the exceptions, for as long as the member is here. It belongs to the fan-out's thread.
/// </summary>
internal sealed class Sights(FeedTable feeds, Attendance attendance, Sender sender, EventWriter writer)
{
    private ClosedChannels Closed => feeds.Closed;

    /// <summary>Somebody's sight changes: they are told, and hear of the channel from here on, or no more.</summary>
    public void Apply(FanOut fanOut, SightChanged change)
    {
        var there = In(change.Channel);
        if (change.Member is { } member)
            ChangeFor(fanOut, change, member);
        else
            ChangeForEveryone(change);
        foreach (var receiver in there.Where(receiver => !receiver.Sees(change.Channel)))
            receiver.Dialect.Lost(fanOut, receiver, change.Channel);
    }

    /// <summary>What a receiver sees that has arrived.</summary>
    /// <param name="user">Who it is.</param>
    /// <param name="read">What they saw when their first screen was read; null where that is known to be what everybody sees.</param>
    /// <param name="kept">What has happened since the hold began.</param>
    public VisibleSet Arrived(UserId? user, Sight? read, IReadOnlyList<ServerEvent> kept)
    {
        if (read is null)
            return Closed.Everyone;
        var changes = kept.OfType<SightChanged>().Where(change => user is { } id && change.Concerns(id)).ToList();
        if (changes.Count == 0 && Closed.All.Count == 0 && read.Closed.Count == 0 && read.Exceptions.Count == 0)
            return Closed.Everyone; // Nearly always.
        var seen = Closed.All.Concat(read.Closed).Concat(read.Exceptions).Distinct().ToDictionary(channel => channel, read.Sees);
        foreach (var change in changes)
            seen[change.Channel] = change.IsSeen;
        return new VisibleSet(Closed, seen.Where(one => one.Value == Closed.Contains(one.Key)).Select(one => one.Key));
    }

    /// <summary>
    /// What of all that was kept a receiver is to be told. Of a channel whose sight changed meanwhile nothing before the last change is told, and all that
    /// follows it: the change says the channel anew, whatever the answer said of it.
    /// </summary>
    /// <param name="receiver">Whose set is the one of now.</param>
    /// <param name="kept">What was kept, in order.</param>
    /// <param name="counts">Whether the answer counts an event already.</param>
    /// <param name="lost">Gets the channels that are not seen any more.</param>
    public static IEnumerable<ServerEvent> ToTell(
        Receiver receiver, IReadOnlyList<ServerEvent> kept, Func<ServerEvent, bool> counts, ICollection<ChannelId> lost)
    {
        Dictionary<ChannelId, int>? changed = null;
        for (var i = 0; i < kept.Count; i++)
        {
            if (kept[i] is SightChanged change)
                (changed ??= [])[change.Channel] = i;
        }

        for (var i = 0; i < kept.Count; i++)
        {
            var happened = kept[i];
            if (changed is null || !changed.TryGetValue(ChannelOf(happened), out var last))
            {
                if (!counts(happened) && receiver.IsTold(happened))
                    yield return happened;
            }
            else if (i == last && happened is SightChanged change)
            {
                if (!change.IsSeen)
                    lost.Add(change.Channel);
                if (change.Word is { } word)
                    yield return word;
            }
            else if (i > last && receiver.IsTold(happened))
            {
                yield return happened;
            }
        }
    }

    private void ChangeFor(FanOut fanOut, SightChanged change, UserId member)
    {
        foreach (var receiver in attendance.ReceiversOf(member, member).ToList())
            Move(receiver, change.Channel, isException: change.IsSeen == Closed.Contains(change.Channel));
        Tell(change.Word);
        attendance.Sees(fanOut, member, change.Channel, change.IsSeen);
    }

    // Nearly everybody stays in the feed where they are, and what that feed sees changes. Those with an exception of their own see what they saw: whoever's was
    // an exception has what everybody has from now on, and the others' becomes one. The word is told while all of them count as exceptions: it is not for them.
    private void ChangeForEveryone(SightChanged change)
    {
        var apart = change.Unaffected.SelectMany(user => attendance.ReceiversOf(user, user))
            .ToLookup(receiver => receiver.Visible?.Excepts(change.Channel) == true);
        var (leaving, entering) = (apart[true].ToList(), apart[false].ToList());
        foreach (var receiver in entering)
            Move(receiver, change.Channel, isException: true);
        if (!change.IsSeen)
            Tell(change.Word);
        Closed.Set(change.Channel, isClosed: !change.IsSeen);
        if (change.IsSeen)
            Tell(change.Word);
        foreach (var receiver in leaving)
            Move(receiver, change.Channel, isException: false);
    }

    private void Tell(ServerEvent? word)
    {
        if (word is not null)
            writer.Write(word);
    }

    private void Move(Receiver receiver, ChannelId channel, bool isException)
    {
        if (receiver.Visible is not { } former || former.Excepts(channel) == isException)
            return;
        var isInFeed = receiver.Feed is not null;
        sender.Leave(receiver);
        receiver.Visible = former.With(channel, isException);
        attendance.Excepts(receiver, channel, isException);
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
        SightChanged change => change.Channel,
        { Audience: { Kind: AudienceKind.Channel or AudienceKind.Seers, Channel: var channel } } => channel,
        _ => default,
    };
}
