using System.Collections.Immutable;
using Parley.Protocol.Wire;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events.People;

/// <summary>
/// The names of the people in each channel: those who listen to it alone, and those who see it and listen to all channels. It belongs to the fan-out's thread;
/// the lists that it returns are immutable, and may be read on any thread.
/// </summary>
internal sealed class ChannelOccupants
{
    private readonly Dictionary<ChannelId, ImmutableSortedSet<string>> _inChannel = [];

    // Those who listen to all channels and have an exception for one: it admits them to a private channel, and keeps them out of a public one.
    private readonly Dictionary<ChannelId, ImmutableSortedSet<string>> _excepted = [];
    private ImmutableSortedSet<string> _everywhere = OccupantNames.None;

    /// <summary>Who is in a channel.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="isPrivate">Whether it is one that not everybody sees.</param>
    public OccupantNames In(ChannelId channel, bool isPrivate)
    {
        var excepted = _excepted.GetValueOrDefault(channel, OccupantNames.None);
        var everywhere = isPrivate ? excepted : excepted.IsEmpty ? _everywhere : _everywhere.Except(excepted);
        return new OccupantNames(everywhere, _inChannel.GetValueOrDefault(channel, OccupantNames.None));
    }

    public void AddEverywhere(string name, VisibleSet? seen)
    {
        _everywhere = _everywhere.Add(name);
        foreach (var channel in seen?.Exceptions ?? [])
            Add(_excepted, channel, name);
    }

    public void RemoveEverywhere(string name, VisibleSet? seen)
    {
        _everywhere = _everywhere.Remove(name);
        foreach (var channel in seen?.Exceptions ?? [])
            Remove(_excepted, channel, name);
    }

    /// <summary>For one channel, somebody who listens to all channels sees something else than everybody, or the same again.</summary>
    public void SetException(string name, ChannelId channel, bool isException)
    {
        if (isException)
            Add(_excepted, channel, name);
        else
            Remove(_excepted, channel, name);
    }

    public void Enter(ChannelId channel, string name) => Add(_inChannel, channel, name);

    public void Leave(ChannelId channel, string name) => Remove(_inChannel, channel, name);

    private static void Add(Dictionary<ChannelId, ImmutableSortedSet<string>> lists, ChannelId channel, string name) =>
        lists[channel] = lists.GetValueOrDefault(channel, OccupantNames.None).Add(name);

    private static void Remove(Dictionary<ChannelId, ImmutableSortedSet<string>> lists, ChannelId channel, string name)
    {
        if (!lists.TryGetValue(channel, out var names))
            return;
        names = names.Remove(name);
        if (names.IsEmpty)
            lists.Remove(channel);
        else
            lists[channel] = names;
    }
}
