using System.Runtime.InteropServices;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events.Feeds;

/// <summary>Every feed: one for each dialect, visible set and what is listened to. It belongs to the fan-out's thread.</summary>
internal sealed class FeedTable
{
    private readonly List<DialectFeeds> _dialects = [];

    /// <summary>The channels that not everybody sees.</summary>
    public PrivateChannels PrivateChannels { get; } = new();

    /// <summary>Those of each dialect that somebody speaks or has spoken.</summary>
    public ReadOnlySpan<DialectFeeds> Dialects => CollectionsMarshal.AsSpan(_dialects);

    public IEnumerable<Feed> All => _dialects.SelectMany(d => d.All);

    /// <summary>How many connections listen to all channels that they see.</summary>
    public int ListenersToAll => _dialects.Sum(d => d.ToAll.Receivers.Count + d.OfSets.Sum(feed => feed.Receivers.Count));

    /// <summary>The channels that some connection listens to alone.</summary>
    public IEnumerable<NamedChannel> OccupiedChannels => _dialects
        .SelectMany(d => d.ByChannel.Values)
        .Where(f => f.Receivers.Count > 0)
        .Select(f => f.Receivers[0].Listening.Channel)
        .OfType<NamedChannel>()
        .DistinctBy(channel => channel.Id);

    /// <summary>The feed that a receiver belongs to; made where it is the first.</summary>
    public Feed Of(Receiver receiver) => Of(receiver.Dialect).Of(receiver);

    public DialectFeeds Of(Dialect dialect)
    {
        foreach (var feeds in _dialects)
        {
            if (feeds.Dialect == dialect)
                return feeds;
        }

        var added = new DialectFeeds(dialect, PrivateChannels.Everyone);
        _dialects.Add(added);
        return added;
    }
}
