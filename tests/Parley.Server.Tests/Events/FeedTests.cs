using Parley.Benchmarks;
using Parley.Protocol.Wire;
using Parley.Server.Doors.Level2;
using Parley.Server.Events;
using Parley.Server.Events.Feeds;
using Parley.Server.Events.Sending;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Tests.Events;

/// <summary>Which people share a feed: those who see the same, where there are enough of them, and not more feeds than a few dozen.</summary>
public sealed class FeedTests
{
    private readonly FeedTable _feeds = new();

    private DialectFeeds Feeds => _feeds.Of(Level2Dialect.Instance);

    [Fact]
    public void Sets_are_one_by_their_value()
    {
        var one = new VisibleSet(_feeds.PrivateChannels, [new ChannelId(7), new ChannelId(3)]);
        var other = _feeds.PrivateChannels.Everyone.With(new ChannelId(3), isException: true).With(new ChannelId(7), isException: true);

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, one.With(new ChannelId(3), isException: false));
        Assert.Equal(_feeds.PrivateChannels.Everyone, one.With(new ChannelId(3), isException: false).With(new ChannelId(7), isException: false));
    }

    [Fact]
    public void A_set_sees_private_channels_that_it_excepts_and_public_ones_that_it_does_not()
    {
        _feeds.PrivateChannels.Set(new ChannelId(1), isPrivate: true);
        _feeds.PrivateChannels.Set(new ChannelId(2), isPrivate: true);

        var set = new VisibleSet(_feeds.PrivateChannels, [new ChannelId(1), new ChannelId(3)]);

        Assert.Equal([true, false, false, true], new long[] { 1, 2, 3, 4 }.Select(id => set.Sees(new ChannelId(id))));
    }

    [Fact]
    public void An_exception_for_one_person_makes_no_feed_and_those_of_enough_people_one()
    {
        for (var i = 1; i < DialectFeeds.FewestForAFeed; i++)
            Join(SetOf(1));
        Assert.Empty(Feeds.OfSets);
        Assert.Equal(DialectFeeds.FewestForAFeed - 1, Feeds.ToAll.ReceiversWithExceptions.Count);

        Join(SetOf(1));

        Assert.Equal(DialectFeeds.FewestForAFeed, Assert.Single(Feeds.OfSets).Receivers.Count);
        Assert.Empty(Feeds.ToAll.Receivers);
        Assert.Empty(Feeds.ToAll.ReceiversWithExceptions);
    }

    [Fact]
    public void Past_the_most_feeds_the_rarest_sets_ride_along()
    {
        for (var set = 1; set <= DialectFeeds.MostSets + 8; set++)
        {
            for (var i = 0; i < DialectFeeds.FewestForAFeed; i++)
                Join(SetOf(set));
        }

        Assert.Equal(DialectFeeds.MostSets, Feeds.OfSets.Count);
        Assert.Equal(8 * DialectFeeds.FewestForAFeed, Feeds.ToAll.ReceiversWithExceptions.Count);

        // One of those who ride becomes the most frequent of all: it takes the place of a rare one.
        for (var i = 0; i < DialectFeeds.FewestForAFeed; i++)
            Join(SetOf(DialectFeeds.MostSets + 1));

        Assert.Equal(DialectFeeds.MostSets, Feeds.OfSets.Count);
        Assert.Contains(Feeds.OfSets, feed => feed.Set.Equals(SetOf(DialectFeeds.MostSets + 1)) && feed.Receivers.Count == 2 * DialectFeeds.FewestForAFeed);
        Assert.Equal(8 * DialectFeeds.FewestForAFeed, Feeds.ToAll.ReceiversWithExceptions.Count);
    }

    private VisibleSet SetOf(long channel) => new(_feeds.PrivateChannels, [new ChannelId(channel)]);

    // As Sender does it, without anything to send.
    private void Join(VisibleSet set)
    {
        var outbox = new Outbox(new BottomlessTransport(), new WaitingBytes(0));
        var receiver = new Receiver(outbox, Level2Dialect.Instance) { Listening = Listening.ToAll, Visible = set };
        _feeds.Of(receiver).Add(receiver);
        foreach (var other in Feeds.MakeFeedFor(receiver))
        {
            other.Feed!.Remove(other);
            _feeds.Of(other).Add(other);
        }
    }
}
