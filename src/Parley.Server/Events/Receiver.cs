using Parley.Protocol.Wire;
using Parley.Server.Events.Feeds;
using Parley.Server.Events.Sending;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events;

/// <summary>
/// A connection as the fan-out sees it. Everything belongs to the fan-out's thread, but for <see cref="Dialect"/>, <see cref="Identity"/> and
/// <see cref="IsHeld"/>, which the connection's reader sets.
/// </summary>
internal sealed class Receiver(Outbox outbox, Dialect dialect)
{
    public Outbox Outbox { get; } = outbox;

    /// <summary>Its dialect. Set by the connection's reader before the receiver arrives.</summary>
    public Dialect Dialect { get; set; } = dialect;

    /// <summary>
    /// Set by the connection's reader at the login; null before. A change of the password replaces it while the fan-out reads: it may see either.
    /// </summary>
    public Identity? Identity { get; set; }

    /// <summary>Its feed; null before it has arrived, and while it is held.</summary>
    public Feed? Feed { get; set; }

    /// <summary>Its index among the feed's receivers.</summary>
    public int FeedIndex { get; set; }

    /// <summary>From which byte on the feed's current block is still to be sent. Meaningful while there is an <see cref="Own"/> block.</summary>
    public int FeedFrom { get; set; }

    /// <summary>This round's bytes for this connection alone, which stand in the place of its feed's; null for none.</summary>
    public ByteBlock? Own { get; set; }

    /// <summary>While it is held: the events kept for it. Null at all other times.</summary>
    public List<ServerEvent>? Held { get; set; }

    /// <summary>More events came than are kept: they were dropped, and the connection is to be closed.</summary>
    public bool HeldTooMuch { get; set; }

    /// <summary>Whether <see cref="People.Attendance"/> waits for it to arrive.</summary>
    public bool IsExpected { get; set; }

    /// <summary>Set by the connection's reader between asking for the hold and handing over the snapshot.</summary>
    public bool IsHeld { get; set; }

    /// <summary>What it sees; null before it has arrived.</summary>
    public VisibleSet? Visible { get; set; }

    /// <summary>Which of the channels that it sees it hears. The connection's reader reads it, too.</summary>
    public Listening Listening { get; set; } = Listening.ToNone;

    /// <summary>
    /// The one channel that the others were told this connection is in, which is behind <see cref="Listening"/> while they are told. Null where it listens to
    /// all or to none.
    /// </summary>
    public NamedChannel? ListedIn { get; set; }

    /// <summary>Nobody has touched the device for a while, as its client says.</summary>
    public bool IsIdle { get; set; }

    /// <summary>Nothing more is sent.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether it sees a channel that is no conversation. Until that is known every event is kept for it, and looked at again then.</summary>
    public bool Sees(ChannelId channel) => Visible?.Sees(channel) ?? true;

    /// <summary>Whether it is told what is said in a channel.</summary>
    public bool Hears(ChannelId channel) => Listening.Includes(channel) && Sees(channel);

    /// <summary>Whether this connection is told of an event.</summary>
    public bool IsTold(ServerEvent happened) => happened.Audience.Includes(this) && Dialect.Tells(happened, this);
}
