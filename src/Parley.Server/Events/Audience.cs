using Parley.Protocol.Wire;

namespace Parley.Server.Events;

internal enum AudienceKind
{
    Everyone,
    Channel,
    Users,
}

/// <summary>Who receives an event: a value, not a loop in a handler.</summary>
/// <param name="Kind">Which of the fields counts.</param>
/// <param name="Channel">A public channel: at level 2 everyone, at level 1 whose current channel it is.</param>
/// <param name="First">One of two users (or the only one).</param>
/// <param name="Second">The other; at level 1, where a sender has its echo, only this one.</param>
internal readonly record struct Audience(AudienceKind Kind, ChannelId Channel, UserId First, UserId Second)
{
    public static Audience Everyone { get; } = new(AudienceKind.Everyone, default, default, default);

    /// <summary>Nobody: it is told in another way.</summary>
    public static Audience Nobody { get; } = OfUser(default);

    public static Audience OfChannel(ChannelId channel) => new(AudienceKind.Channel, channel, default, default);

    public static Audience OfUser(UserId user) => new(AudienceKind.Users, default, user, user);

    public static Audience OfConversation(UserId sender, UserId receiver) => new(AudienceKind.Users, default, sender, receiver);

    public bool Includes(Receiver receiver)
    {
        if (receiver.Identity is not { } identity)
            return false;
        return Kind switch
        {
            AudienceKind.Everyone => true,
            AudienceKind.Channel => receiver.Level > 1 || receiver.CurrentChannel?.Id == Channel,
            _ => identity.Id == Second || (receiver.Level > 1 && identity.Id == First),
        };
    }
}
