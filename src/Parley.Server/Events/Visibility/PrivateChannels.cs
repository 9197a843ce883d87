using Parley.Protocol.Wire;

namespace Parley.Server.Events.Visibility;

/// <summary>The channels that not everybody sees. There is one such list, which all sets look at; it belongs to the fan-out's thread.</summary>
internal sealed class PrivateChannels
{
    private readonly HashSet<ChannelId> _channels = [];

    public PrivateChannels() => Everyone = new VisibleSet(this, []);

    public IReadOnlyCollection<ChannelId> All => _channels;

    /// <summary>What is seen by everybody for whom there is no exception.</summary>
    public VisibleSet Everyone { get; }

    public bool Contains(ChannelId channel) => _channels.Count > 0 && _channels.Contains(channel);

    public void Set(ChannelId channel, bool isPrivate)
    {
        if (isPrivate)
            _channels.Add(channel);
        else
            _channels.Remove(channel);
    }
}
