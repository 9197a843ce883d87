using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events.Sending;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events;

/// <summary>
/// How a door puts events into bytes. One object serves all connections that speak it: receivers with the same dialect that listen to the same channels get the
/// same bytes, written once. Called on the fan-out's thread.
/// </summary>
internal abstract class Dialect
{
    /// <summary>Appends an event in this dialect's words; nothing where it has none.</summary>
    public abstract void Write(ByteBlock block, ServerEvent happened);

    /// <summary>The same, for an event whose bytes depend on what the receivers see.</summary>
    public virtual void Write(ByteBlock block, ServerEvent happened, VisibleSet seen) => Write(block, happened);

    /// <summary>The last bytes to a connection whose peer did not keep up; empty where the dialect has no message for that.</summary>
    public abstract byte[] Overflow(Closing closing);

    /// <summary>Whether this dialect tells an event to a receiver of its audience.</summary>
    public virtual bool Tells(ServerEvent happened, Receiver receiver) => true;

    /// <summary>
    /// An event is about to be told: changes what this dialect's receivers listen to. It may move receivers and write to one, and tells no event of its own.
    /// </summary>
    public virtual void Follow(FanOut fanOut, ServerEvent happened)
    {
    }

    /// <summary>A connection that listens to a channel alone sees it no more. It may tell events that follow from that.</summary>
    public virtual void Lost(FanOut fanOut, Receiver receiver, ChannelId channel) => fanOut.Listen(receiver, Listening.ToNone);

    /// <summary>An event was told to one connection alone.</summary>
    public virtual void Told(Receiver receiver, ServerEvent happened)
    {
    }
}
