using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Who sees a channel changed: for everybody, or for one member. It moves those whom it concerns between feeds, in order with all else.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="IsSeen">Whether those whom it concerns see the channel from now on. They did not before, or the other way round.</param>
/// <param name="Announcement">What they are told: that the channel is there, or that it is gone. Null for nothing.</param>
internal sealed record VisibilityChanged(ChannelId Channel, bool IsSeen, ServerEvent? Announcement) : FanOutChange
{
    /// <summary>The one whom it concerns; null for everybody.</summary>
    public UserId? Member { get; init; }

    /// <summary>Where it concerns everybody: those who have an exception of their own, and see what they saw.</summary>
    public IReadOnlySet<UserId> Unaffected { get; init; } = new HashSet<UserId>();

    public bool Concerns(UserId user) => Member is { } member ? member == user : !Unaffected.Contains(user);
}

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
