using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>A channel as those speak of it who are in one at a time.</summary>
internal sealed record Room(ChannelId Id, string Name);

/// <summary>Which of the channels that it sees a connection hears: all of them, one, or none.</summary>
internal sealed record Listening
{
    public static Listening ToAll { get; } = new() { IsToAll = true };

    public static Listening ToNone { get; } = new();

    public bool IsToAll { get; private init; }

    /// <summary>The only one; null for all and for none.</summary>
    public Room? Room { get; private init; }

    public static Listening To(Room room) => new() { Room = room };

    public bool Includes(ChannelId channel) => IsToAll || Room?.Id == channel;
}
