using System.Runtime.InteropServices;

namespace Parley.Server.Events;

/// <summary>
/// A broadcast: many receivers, one block of bytes for all of them. Each receiver takes part in exactly one: that of its dialect and of what it listens to.
/// What goes to some of them only is put between by <see cref="Sender"/>.
/// </summary>
internal sealed class Feed(Dialect dialect)
{
    private readonly List<Receiver> _receivers = [];

    /// <summary>In whose words the block is written.</summary>
    public Dialect Dialect { get; } = dialect;

    public ByteBlock Block { get; } = new();

    public IReadOnlyList<Receiver> Receivers => _receivers;

    /// <summary>The same for the loop that sends to each: without an enumerator's two calls for every receiver.</summary>
    public ReadOnlySpan<Receiver> ReceiverSpan => CollectionsMarshal.AsSpan(_receivers);

    /// <summary>Whether the block waits to be flushed.</summary>
    public bool IsDirty { get; set; }

    public void Add(Receiver receiver)
    {
        receiver.Feed = this;
        receiver.FeedIndex = _receivers.Count;
        _receivers.Add(receiver);
    }

    public void Remove(Receiver receiver)
    {
        var last = _receivers[^1];
        _receivers[receiver.FeedIndex] = last;
        last.FeedIndex = receiver.FeedIndex;
        _receivers.RemoveAt(_receivers.Count - 1);
        receiver.Feed = null;
    }
}
