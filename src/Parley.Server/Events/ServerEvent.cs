using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Something that happened and was committed. It is written once a level, and every receiver gets those bytes.</summary>
internal abstract class ServerEvent
{
    public abstract Audience Audience { get; }

    /// <summary>The event's place in a log; null for what has none.</summary>
    public virtual (ChannelId Channel, long Number)? Position => null;

    /// <summary>Called once on the fan-out's thread before the event is delivered: what it changes there of what is known of people.</summary>
    public virtual void Apply(FanOut fanOut)
    {
    }

    /// <summary>A level-1 connection that gets the event as its echo even where its current channel is another one.</summary>
    public virtual Receiver? EchoTo => null;

    /// <summary>Appends the event as level 1 says it; nothing where level 1 has no word for it.</summary>
    public virtual void WriteLevel1(FrameBlock block)
    {
    }

    /// <summary>Appends the event as level 2 says it; nothing where it has no word for it.</summary>
    public virtual void WriteLevel2(FrameBlock block)
    {
    }

    /// <summary>Called once on the fan-out's thread after the event was delivered; <paramref name="reached"/> tells which users have a connection.</summary>
    public virtual void Delivered(Func<UserId, bool> reached)
    {
    }
}
