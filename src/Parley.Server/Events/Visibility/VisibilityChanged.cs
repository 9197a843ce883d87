using Parley.Protocol.Wire;

namespace Parley.Server.Events.Visibility;

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
