using Parley.Protocol.Wire;

namespace Parley.Server.Events.Visibility;

/// <summary>What somebody saw when it was read.</summary>
/// <param name="PrivateChannels">The channels that not everybody saw.</param>
/// <param name="Exceptions">Those of them that were seen all the same, and the public ones that were not.</param>
internal sealed record ChannelVisibility(IReadOnlySet<ChannelId> PrivateChannels, IReadOnlySet<ChannelId> Exceptions)
{
    /// <summary>Nobody's rights differ from anybody's.</summary>
    public static ChannelVisibility Plain { get; } = new(new HashSet<ChannelId>(), new HashSet<ChannelId>());

    public bool Sees(ChannelId channel) => IsSeen(PrivateChannels.Contains(channel), Exceptions.Contains(channel));

    /// <summary>A channel is seen when it is public and no exception, or private and an exception.</summary>
    public static bool IsSeen(bool isPrivate, bool isException) => isPrivate == isException;
}
