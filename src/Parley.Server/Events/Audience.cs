using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Who may be told of an event.</summary>
/// <param name="Kind">Which of the other fields counts.</param>
/// <param name="Channel">A channel that is no conversation.</param>
/// <param name="First">One of two users (or the only one).</param>
/// <param name="Second">The other.</param>
internal readonly record struct Audience(AudienceKind Kind, ChannelId Channel, UserId First, UserId Second)
{
    public static Audience Everyone { get; } = new(AudienceKind.Everyone, default, default, default);

    /// <summary>Nobody, as of a <see cref="FanOutChange"/>.</summary>
    public static Audience Nobody { get; } = OfUser(default);

    /// <summary>Somebody who is left out; null for nobody.</summary>
    public UserId? Except { get; init; }

    public static Audience OfChannel(ChannelId channel) => new(AudienceKind.Channel, channel, default, default);

    public static Audience OfViewers(ChannelId channel) => new(AudienceKind.Viewers, channel, default, default);

    public static Audience OfUser(UserId user) => new(AudienceKind.Users, default, user, user);

    public static Audience OfUsers(UserId first, UserId second) => new(AudienceKind.Users, default, first, second);

    public bool Includes(Receiver receiver)
    {
        if (receiver.Identity is not { } identity || identity.Id == Except)
            return false;
        return Kind switch
        {
            AudienceKind.Everyone => true,
            AudienceKind.Channel => receiver.Hears(Channel),
            AudienceKind.Viewers => receiver.Sees(Channel),
            _ => identity.Id == First || identity.Id == Second,
        };
    }
}
