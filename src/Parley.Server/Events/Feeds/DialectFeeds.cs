using Parley.Protocol.Wire;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events.Feeds;

/// <summary>
/// The feeds of one dialect. Of those who listen to all that they see, a set of channels that enough people see has a feed; all others are receivers with
/// exceptions in the feed of what everybody sees. Who listens to one channel alone sees it, so there the set makes no difference.
/// </summary>
/// <param name="dialect">The dialect.</param>
/// <param name="everyone">What everybody sees.</param>
internal sealed class DialectFeeds(Dialect dialect, VisibleSet everyone)
{
    /// <summary>At most so many sets with exceptions have feeds of their own: every event is checked against each.</summary>
    public const int MostSets = 32;

    /// <summary>For fewer receivers a feed of their own saves nothing.</summary>
    public const int FewestForAFeed = 8;

    private readonly List<Feed> _ofSets = [];

    public Dialect Dialect { get; } = dialect;

    /// <summary>Of what everybody sees.</summary>
    public Feed ToAll { get; } = new(dialect, everyone);

    /// <summary>Of other sets.</summary>
    public IReadOnlyList<Feed> OfSets => _ofSets;

    public Feed ToNone { get; } = new(dialect, everyone);

    public Dictionary<ChannelId, Feed> ByChannel { get; } = [];

    public IEnumerable<Feed> All => ByChannel.Values.Concat(_ofSets).Append(ToNone).Append(ToAll);

    /// <summary>Who listens to this channel alone.</summary>
    public IReadOnlyList<Receiver> ReceiversIn(ChannelId channel) => ByChannel.TryGetValue(channel, out var feed) ? feed.Receivers : [];

    public Feed Of(Receiver receiver)
    {
        if (receiver.Listening.IsToAll)
            return OfSet(receiver.Visible) ?? ToAll;
        if (receiver.Listening.Channel is not { Id: var channel } || !receiver.Sees(channel))
            return ToNone;
        if (!ByChannel.TryGetValue(channel, out var feed))
            ByChannel.Add(channel, feed = new Feed(Dialect, everyone));
        return feed;
    }

    /// <summary>A receiver came: where it has exceptions that enough others have, too, makes a feed of its set.</summary>
    /// <returns>Those who belong to another feed now; none where all stay.</returns>
    public IReadOnlyList<Receiver> MakeFeedFor(Receiver receiver)
    {
        if (receiver.Feed != ToAll || receiver.Visible is not { IsOfEveryone: false } set)
            return [];
        var exceptional = ToAll.ReceiversWithExceptions.Where(other => set.Equals(other.Visible)).ToList();
        if (exceptional.Count < FewestForAFeed)
            return [];
        List<Receiver> moving = exceptional;
        if (_ofSets.Count == MostSets)
        {
            var rarest = _ofSets.MinBy(feed => feed.Receivers.Count);
            if (rarest is null || exceptional.Count < 2 * rarest.Receivers.Count)
                return []; // Twice as many: or two sets would take turns.
            moving = [.. exceptional, .. rarest.Receivers];
            _ofSets.Remove(rarest);
        }

        _ofSets.Add(new Feed(Dialect, set));
        return moving;
    }

    /// <summary>Forgets a set's feed in which nobody is any more.</summary>
    public void Drop(Feed feed) => _ofSets.Remove(feed);

    private Feed? OfSet(VisibleSet? set)
    {
        foreach (var feed in _ofSets)
        {
            if (feed.Set.Equals(set))
                return feed;
        }

        return null;
    }
}
