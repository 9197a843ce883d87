using System.Runtime.InteropServices;
using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Every feed: one for each dialect and what is listened to. It belongs to the fan-out's thread.</summary>
internal sealed class FeedTable
{
    private readonly List<DialectFeeds> _dialects = [];

    /// <summary>Those of each dialect that somebody speaks or has spoken.</summary>
    public ReadOnlySpan<DialectFeeds> Dialects => CollectionsMarshal.AsSpan(_dialects);

    public IEnumerable<Feed> All => _dialects.SelectMany(d => d.All);

    /// <summary>How many connections listen to all public channels.</summary>
    public int ListenersToAll => _dialects.Sum(d => d.ToAll.Receivers.Count);

    /// <summary>The channels that some connection listens to alone.</summary>
    public IEnumerable<Room> OccupiedRooms => _dialects
        .SelectMany(d => d.Rooms.Values)
        .Where(f => f.Receivers.Count > 0)
        .Select(f => f.Receivers[0].Listening.Room)
        .OfType<Room>()
        .DistinctBy(room => room.Id);

    /// <summary>The feed that a receiver belongs to; made where it is the first.</summary>
    public Feed Of(Receiver receiver) => Of(receiver.Dialect).Of(receiver.Listening);

    public DialectFeeds Of(Dialect dialect)
    {
        foreach (var feeds in _dialects)
        {
            if (feeds.Dialect == dialect)
                return feeds;
        }

        var added = new DialectFeeds(dialect);
        _dialects.Add(added);
        return added;
    }
}

/// <summary>The feeds of one dialect.</summary>
internal sealed class DialectFeeds(Dialect dialect)
{
    public Dialect Dialect { get; } = dialect;

    public Feed ToAll { get; } = new(dialect);

    public Feed ToNone { get; } = new(dialect);

    public Dictionary<ChannelId, Feed> Rooms { get; } = [];

    public IEnumerable<Feed> All => Rooms.Values.Append(ToNone).Append(ToAll);

    /// <summary>Who listens to this channel alone.</summary>
    public IReadOnlyList<Receiver> ReceiversIn(ChannelId channel) => Rooms.TryGetValue(channel, out var room) ? room.Receivers : [];

    public Feed Of(Listening listening)
    {
        if (listening.IsToAll)
            return ToAll;
        if (listening.Room is not { Id: var channel })
            return ToNone;
        if (!Rooms.TryGetValue(channel, out var room))
            Rooms.Add(channel, room = new Feed(Dialect));
        return room;
    }
}
