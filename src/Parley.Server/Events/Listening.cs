using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Which of the channels that it sees a connection hears: all of them, one, or none.</summary>
internal sealed record Listening
{
    public static Listening ToAll { get; } = new() { IsToAll = true };

    public static Listening ToNone { get; } = new();

    public bool IsToAll { get; private init; }

    /// <summary>The only one; null for all and for none.</summary>
    public NamedChannel? Channel { get; private init; }

    public static Listening To(NamedChannel channel) => new() { Channel = channel };

    public bool Includes(ChannelId channel) => IsToAll || Channel?.Id == channel;
}
