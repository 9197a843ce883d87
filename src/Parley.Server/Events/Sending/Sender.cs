using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events.Feeds;
using Parley.Server.Transport;

namespace Parley.Server.Events.Sending;

/// <summary>
/// What leaves in a round: each feed's block to all of its receivers, and in its place what single receivers get beside it. One send a receiver for all of
/// it, in order, without blocking. It belongs to the fan-out's thread.
/// </summary>
internal sealed partial class Sender(FeedTable feeds, HeldReceivers held, WaitingBytes waiting, ILogger logger) : IDisposable
{
    // For fewer a batch saves nothing.
    private const int FewestForABurst = 8;

    // Each may have grown to some hundred kilobytes: a round in which many get an answer of their own must not leave them all behind.
    private const int MostSpareBlocks = 64;

    private static readonly Closing TooSlow = new(CloseReason.SlowConsumer, "This connection did not take what was sent to it.", ReconnectAdvice.Now);

    private readonly Lazy<Burst?> _burst = new(() => SendBatch.TryCreate() is { } sends ? new Burst(sends) : null);
    private readonly List<Feed> _dirty = [];
    private readonly List<Receiver> _special = []; // Those who have a block of their own in this round.
    private readonly List<Receiver> _finishing = [];
    private readonly Stack<ByteBlock> _spareBlocks = new();

    /// <summary>The bytes that go to one receiver alone, after what it has coming so far.</summary>
    public ByteBlock OwnBlock(Receiver receiver)
    {
        var own = BeginOwn(receiver);
        TakeFeedSoFar(receiver);
        return own;
    }

    /// <summary>Sends one receiver frames that were written beside this thread, after what it has coming so far.</summary>
    public void SendWritten(Receiver receiver, ByteBlock written)
    {
        var own = OwnBlock(receiver);
        if (own.Length > 0)
        {
            Send(receiver, own.Bytes, 0, own.Length);
            own.Reset();
        }

        Send(receiver, written.Bytes, 0, written.Length);
    }

    /// <summary>The receiver takes part in its feed from here on: what the feed's block holds already is not for it.</summary>
    public void Join(Receiver receiver)
    {
        receiver.Visible ??= feeds.PrivateChannels.Everyone;
        AddToFeed(receiver);
        foreach (var other in feeds.Of(receiver.Dialect).MakeFeedFor(receiver))
        {
            Leave(other);
            AddToFeed(other);
        }
    }

    /// <summary>The receiver takes part in no feed any more; what it has coming stays in order.</summary>
    public void Leave(Receiver receiver)
    {
        if (receiver.Feed is not { } feed)
            return;
        OwnBlock(receiver);
        feed.Remove(receiver);
        if (feed.Receivers.Count == 0 && !feed.Set.IsOfEveryone)
            feeds.Of(feed.Dialect).Drop(feed);
    }

    /// <summary>What was written to a feed's block from <paramref name="start"/> on is not for this receiver, if it takes part there.</summary>
    public void LeaveOut(Receiver receiver, Feed feed, int start)
    {
        if (receiver.Feed != feed)
            return;
        // It goes on by a block of its own, with what came before and what comes after.
        BeginOwn(receiver);
        TakeFeed(receiver, start);
        receiver.FeedFrom = feed.Block.Length;
    }

    /// <summary>A feed's block has something to send.</summary>
    public void Wrote(Feed feed)
    {
        if (feed.IsDirty)
            return;
        feed.IsDirty = true;
        _dirty.Add(feed);
    }

    /// <summary>After what it has coming nothing more is sent to the receiver.</summary>
    public void FinishAfterRound(Receiver receiver) => _finishing.Add(receiver);

    /// <summary>Sends what has become too long to wait for the round's end.</summary>
    public void FlushLongBlocks()
    {
        foreach (var feed in _dirty)
        {
            if (feed.Block.Length > ByteBlock.TargetBytes)
            {
                Flush();
                return;
            }
        }

        foreach (var receiver in _special)
        {
            if (receiver.Own is { Length: > ByteBlock.TargetBytes } own)
            {
                Send(receiver, own.Bytes, 0, own.Length);
                own.Reset();
            }
        }
    }

    /// <summary>Sends all that was written.</summary>
    public void Flush()
    {
        foreach (var receiver in _special)
            SendOwn(receiver);
        foreach (var feed in _dirty)
        {
            SendToAll(feed.ReceiverSpan, feed.Block.Bytes, feed.Block.Length);
            feed.Block.Reset();
            feed.IsDirty = false;
        }

        foreach (var receiver in _special)
            EndPrivate(receiver);
        _special.Clear();
        _dirty.Clear();
        foreach (var receiver in _finishing)
        {
            receiver.IsClosed = true;
            receiver.Outbox.Finish();
        }

        _finishing.Clear();
        if (waiting.IsOver)
            CloseSlowest();
    }

    /// <summary>Sends to one receiver now, or keeps it in its outbox; closes who has too much waiting there.</summary>
    public static void Send(Receiver receiver, SharedBytes bytes, int start, int length)
    {
        if (!receiver.IsClosed && !receiver.Outbox.TryEnqueue(bytes, start, length))
            Close(receiver, TooSlow);
    }

    /// <summary>Drops what waits for a receiver, tells it why, and closes it.</summary>
    public static void Close(Receiver receiver, Closing closing)
    {
        receiver.IsClosed = true;
        receiver.Outbox.Overflow(receiver.Dialect.Overflow(closing));
    }

    public void Dispose()
    {
        if (_burst.IsValueCreated)
            _burst.Value?.Dispose();
    }

    private void AddToFeed(Receiver receiver)
    {
        OwnBlock(receiver);
        var feed = feeds.Of(receiver);
        feed.Add(receiver);
        receiver.FeedFrom = feed.Block.Length;
    }

    private ByteBlock BeginOwn(Receiver receiver)
    {
        if (receiver.Own is { } begun)
            return begun;
        receiver.FeedFrom = 0;
        _special.Add(receiver);
        return receiver.Own = _spareBlocks.Count > 0 ? _spareBlocks.Pop() : new ByteBlock();
    }

    private void EndPrivate(Receiver receiver)
    {
        if (receiver.Own is { } own)
        {
            own.Reset();
            if (_spareBlocks.Count < MostSpareBlocks)
                _spareBlocks.Push(own);
        }

        receiver.Own = null;
        receiver.FeedFrom = 0;
    }

    private static void TakeFeed(Receiver receiver, int upTo)
    {
        if (receiver.Feed is not { } feed || receiver.Own is not { } own || upTo <= receiver.FeedFrom)
            return;
        own.Append(feed.Block.Written[receiver.FeedFrom..upTo]);
        receiver.FeedFrom = upTo;
    }

    private static void TakeFeedSoFar(Receiver receiver) => TakeFeed(receiver, receiver.Feed?.Block.Length ?? 0);

    private static void SendOwn(Receiver receiver)
    {
        if (receiver.Own is not { } own)
            return;
        TakeFeedSoFar(receiver);
        Send(receiver, own.Bytes, 0, own.Length);
    }

    private void SendToAll(ReadOnlySpan<Receiver> receivers, SharedBytes bytes, int length)
    {
        if (receivers.Length >= FewestForABurst && _burst.Value is { } burst)
        {
            burst.Send(receivers, bytes, length);
            return;
        }

        foreach (var receiver in receivers)
        {
            if (receiver.Own is null)
                Send(receiver, bytes, 0, length);
        }
    }

    private void CloseSlowest()
    {
        var receivers = feeds.All.SelectMany(f => f.Receivers).Concat(held.All);
        var slowest = WaitingBytes.Slowest(receivers, waiting.Excess).ToList();
        foreach (var receiver in slowest)
        {
            // A peer that reads is told why. For one that does not, seconds with all that it holds would be what was to be ended.
            if (waiting.MayTakeLeave(receiver.Outbox.WaitingCount))
            {
                Close(receiver, TooSlow);
                continue;
            }

            receiver.IsClosed = true;
            waiting.CountClosed();
            receiver.Outbox.Abort();
        }

        Log.TooMuchWaits(logger, slowest.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 2002,
            Level = LogLevel.Warning,
            Message = "More bytes wait for connections than may: {Count} that did not take theirs were closed.")]
        public static partial void TooMuchWaits(ILogger logger, int count);
    }
}
