using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Who is behind a connection.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
/// <param name="SessionId">The login.</param>
internal sealed record Identity(UserId Id, string Username, long SessionId);

/// <summary>A public channel as level 1 speaks of it.</summary>
internal sealed record Room(ChannelId Id, string Name);

/// <summary>Something that is kept for a receiver until its snapshot is there: an event, or what is announced to many.</summary>
internal readonly record struct Held(ServerEvent? Happened, Action<FrameBlock>? Announcement);

/// <summary>A connection as the fan-out sees it. All but the first block belongs to the fan-out's thread.</summary>
internal sealed class Receiver(Outbox outbox)
{
    public Outbox Outbox { get; } = outbox;

    /// <summary>The protocol level: 1 until the client says hello. Set by the connection's reader before the receiver arrives.</summary>
    public int Level { get; set; } = 1;

    /// <summary>Set by the connection's reader before the receiver arrives; null before the login.</summary>
    public Identity? Identity { get; set; }

    /// <summary>The one broadcast that this connection takes part in; null before it has arrived.</summary>
    public Feed? Feed { get; set; }

    /// <summary>Its place among the feed's receivers.</summary>
    public int FeedIndex { get; set; }

    /// <summary>From where on the feed's current block is not sent yet. Meaningful while <see cref="Private"/> is there.</summary>
    public int FeedFrom { get; set; }

    /// <summary>In this round: what this connection gets that its feed as a whole does not, in order.</summary>
    public FrameBlock? Private { get; set; }

    /// <summary>Between "subscribe" and "the snapshot is there": what came meanwhile. Null at all other times.</summary>
    public List<Held>? Held { get; set; }

    /// <summary>More came than is kept: what was held is gone, and the connection is to be closed.</summary>
    public bool HeldTooMuch { get; set; }

    /// <summary>The attendance waits for it.</summary>
    public bool IsExpected { get; set; }

    /// <summary>Set by the connection's reader between asking for the hold and handing over the snapshot.</summary>
    public bool IsArriving { get; set; }

    /// <summary>Level 1: the current channel.</summary>
    public Room? CurrentChannel { get; set; }

    /// <summary>Level 1: the channel that the others know this connection to be in; it follows <see cref="CurrentChannel"/>.</summary>
    public Room? ListedIn { get; set; }

    /// <summary>Level 2: nobody has touched the device for a while, as its client says.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Nothing more is sent.</summary>
    public bool IsClosed { get; set; }
}
