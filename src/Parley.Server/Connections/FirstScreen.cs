using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Features.Conversations;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>What somebody is told who arrives: looked at and written once, in this order.</summary>
internal abstract class FirstScreen(Identity identity)
{
    public Identity Identity { get; } = identity;

    /// <summary>Level 1: the channel that they arrive in.</summary>
    public virtual Room? Room => null;

    /// <summary>The conversations of which something was handed over, each with the number up to which it was.</summary>
    public IReadOnlyList<(ChannelId Conversation, long Number)> HandedOver { get; protected set; } = [];

    /// <summary>See <see cref="ConversationStore.Waiting"/>; null where nobody looked.</summary>
    public long? NothingWaitsUpTo { get; protected set; }

    /// <summary>On the fan-out, when the hold has begun.</summary>
    public abstract void Look(FanOut fanOut);

    /// <summary>From one state of the data.</summary>
    public abstract HeldAnswer Read(StoreConnection store, ChosenStatus chosen);
}
