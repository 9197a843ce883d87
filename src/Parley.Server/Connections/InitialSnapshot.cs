using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Storage;

namespace Parley.Server.Connections;

/// <summary>What somebody is shown who arrives, in their door's words: looked at and written once, in this order.</summary>
internal abstract class InitialSnapshot(Identity identity)
{
    public Identity Identity { get; } = identity;

    /// <summary>What the connection listens to from now on.</summary>
    public abstract Listening Listening { get; }

    /// <summary>On the fan-out, when the hold has begun.</summary>
    public abstract void Look(FanOut fanOut);

    /// <summary>From one state of the data, beside the fan-out.</summary>
    /// <param name="db">The data.</param>
    /// <param name="chosen">What they chose to be shown as.</param>
    public abstract HeldAnswer Read(DatabaseConnection db, ChosenStatus chosen);

    /// <summary>It is on its way.</summary>
    public virtual void Shown()
    {
    }
}
