using System.Runtime.InteropServices;
using Parley.Server.Events.Sending;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events.Feeds;

/// <summary>
/// A broadcast: many receivers, one block of bytes for all of them. Each receiver takes part in exactly one: that of its dialect, of what it listens to and of
/// what it sees. What goes to some of them only is put between by <see cref="Sender"/>.
/// </summary>
/// <param name="dialect">In whose words the block is written.</param>
/// <param name="set">What its receivers see, but for those with exceptions.</param>
internal sealed class Feed(Dialect dialect, VisibleSet set)
{
    private readonly List<Receiver> _receivers = [];
    private readonly HashSet<Receiver> _withExceptions = [];

    /// <summary>In whose words the block is written.</summary>
    public Dialect Dialect { get; } = dialect;

    /// <summary>What is seen by its receivers, but for its <see cref="ReceiversWithExceptions"/>.</summary>
    public VisibleSet Set { get; } = set;

    public ByteBlock Block { get; } = new();

    public IReadOnlyList<Receiver> Receivers => _receivers;

    /// <summary>Receivers of this feed who see something else: each gets the block without what they do not see, and with what they alone see.</summary>
    public IReadOnlyCollection<Receiver> ReceiversWithExceptions => _withExceptions;

    /// <summary>As a span: the loop that sends avoids two interface calls a receiver.</summary>
    public ReadOnlySpan<Receiver> ReceiverSpan => CollectionsMarshal.AsSpan(_receivers);

    /// <summary>Whether the block waits to be flushed.</summary>
    public bool IsDirty { get; set; }

    public void Add(Receiver receiver)
    {
        receiver.Feed = this;
        receiver.FeedIndex = _receivers.Count;
        _receivers.Add(receiver);
        if (!Set.Equals(receiver.Visible))
            _withExceptions.Add(receiver);
        else
            receiver.Visible = Set; // One object for all of them.
    }

    public void Remove(Receiver receiver)
    {
        var last = _receivers[^1];
        _receivers[receiver.FeedIndex] = last;
        last.FeedIndex = receiver.FeedIndex;
        _receivers.RemoveAt(_receivers.Count - 1);
        _withExceptions.Remove(receiver);
        receiver.Feed = null;
    }
}
