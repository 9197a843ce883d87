using Parley.Server.Events;

namespace Parley.Server.Storage;

/// <summary>Something that writes. Several share a transaction, and each can be undone alone.</summary>
internal abstract class WriteItem
{
    /// <summary>Whether there is nothing to write: the item is only a barrier in the order.</summary>
    public virtual bool IsEmpty => false;

    /// <summary>When it was posted (of <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/>); the queue's own.</summary>
    public long PostedAt { get; set; }

    /// <summary>Writes. An exception undoes this item alone.</summary>
    /// <returns>Whether what was written stays.</returns>
    public abstract bool Run(DatabaseConnection transaction);

    /// <summary>What to hand to the fan-out, after the commit that holds this item's writes was synced to disk; nothing where nobody waits.</summary>
    public virtual void Committed(ICollection<IFanOutItem> output)
    {
    }

    /// <summary>The write failed, or its outcome could not be told. The queue has logged it; an asker that waits is answered here.</summary>
    public virtual void Failed(Exception reason, ICollection<IFanOutItem> output)
    {
    }

    /// <summary>What was handed to the fan-out has been posted: whatever is posted from now on comes after it.</summary>
    public virtual void Posted()
    {
    }
}
