using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Limits;

namespace Parley.Server.Events;

/// <summary>Something for the fan-out's thread to do, in the order in which it was posted.</summary>
internal interface IFanOutItem
{
    void Apply(FanOut fanOut);

    /// <summary>It could not be done, or not to its end. The fan-out has logged it; whoever waits for an answer gets one here.</summary>
    void Failed(FanOut fanOut, Exception reason)
    {
    }
}

/// <summary>
/// The thread that everything leaves by. It owns who receives what. In a round it takes all that was posted, lets each item write into the feeds' blocks
/// or to single receivers, then sends every receiver its bytes, in order, without blocking: one send a receiver for many messages.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed partial class FanOut
#pragma warning restore CA1001
{
    private const int MostHeld = 16;

    // Past it whoever is held is let go: it comes back and finds all of it in its snapshot.
    private const int MostHeldEvents = 20_000;

    private static readonly Closing HeldTooLong = new(CloseReason.Limit, "Too much was said while you arrived. Come back.", ReconnectAdvice.Later);

    private readonly BatchQueue<IFanOutItem> _queue = new();
    private readonly FeedTable _feeds = new();
    private readonly List<Feed> _dirty = [];
    private readonly List<Receiver> _special = [];
    private readonly List<Receiver> _arriving = [];
    private readonly List<Receiver> _finishing = [];
    private readonly Stack<ByteBlock> _spareBlocks = new();
    private readonly Thread _thread;
    private readonly ILogger _logger;

    /// <param name="attendance">Who is here.</param>
    /// <param name="logger">Where faults are told.</param>
    /// <param name="mostWaitingBytes">For all connections together; 0: no limit.</param>
    public FanOut(Attendance attendance, ILogger logger, long mostWaitingBytes = 0)
    {
        Attendance = attendance;
        Waiting = new WaitingBytes(mostWaitingBytes);
        _logger = logger;
        _thread = new Thread(Run) { Name = "fan-out", IsBackground = true };
    }

    /// <summary>Who is here.</summary>
    public Attendance Attendance { get; }

    /// <summary>How many items wait to be applied, and for how long the oldest of them has.</summary>
    public (int Depth, TimeSpan OldestAge) WaitingItems => _queue.Waiting;

    /// <summary>What waits for peers who are behind.</summary>
    public WaitingBytes Waiting { get; }

    /// <summary>
    /// Who may be held, at the same time: what comes is kept for each of them, and each has a snapshot in memory. Thousands who come at once are let in at this
    /// pace.
    /// </summary>
    public FairGate<UserId> Holds { get; } = new(MostHeld);

    /// <summary>How many connections listen to all public channels.</summary>
    public int ListenersToAll => _feeds.ListenersToAll;

    public void Start() => _thread.Start();

    /// <summary>Adds an item behind all others; false when the server has stopped.</summary>
    public bool Post(IFanOutItem item)
    {
        var isAdded = _queue.Add(item, mayTake: IsRested, out var isTaken);
        if (isTaken)
            RoundOfPoster();
        return isAdded;
    }

    public void Post(IReadOnlyCollection<IFanOutItem> items)
    {
        _queue.AddRange(items, mayTake: IsRested, out var isTaken);
        if (isTaken)
            RoundOfPoster();
    }

    /// <summary>Sends what was posted, then ends the thread.</summary>
    public void Stop()
    {
        _queue.Complete();
        _stopping.Set();
        _thread.Join();
        if (_burst.IsValueCreated)
            _burst.Value?.Dispose();
    }

    /// <summary>From now on keeps for <paramref name="receiver"/> what it would get, until <see cref="Release"/>.</summary>
    public void Hold(Receiver receiver)
    {
        _feeds.Of(receiver.Dialect); // From now on the dialect follows what happens.
        receiver.Held = [];
        receiver.HeldTooMuch = false;
        _arriving.Add(receiver);
    }

    /// <summary>Ends the hold: the receiver takes part in its feed, after the events that its snapshot does not hold.</summary>
    /// <param name="receiver">One that is held; the snapshot was sent to it.</param>
    /// <param name="isInSnapshot">Whether the snapshot counts an event already.</param>
    public void Release(Receiver receiver, Func<ServerEvent, bool> isInSnapshot)
    {
        var held = receiver.Held;
        receiver.Held = null;
        _arriving.Remove(receiver);
        if (receiver.IsClosed)
            return;
        if (receiver.HeldTooMuch)
        {
            receiver.IsClosed = true;
            receiver.Outbox.Overflow(receiver.Dialect.Overflow(HeldTooLong));
            return;
        }

        foreach (var happened in held ?? [])
        {
            if (!isInSnapshot(happened))
                SendTo(receiver, happened);
        }

        JoinFeed(receiver);
    }

    /// <summary>The receiver hears other channels from now on; what it has coming stays in order.</summary>
    public void Listen(Receiver receiver, Listening listening)
    {
        LeaveFeed(receiver);
        receiver.Listening = listening;
        if (!receiver.IsClosed)
            JoinFeed(receiver);
    }

    /// <summary>The receiver takes part in no feed any more; what it has coming stays in order.</summary>
    public void LeaveFeed(Receiver receiver)
    {
        if (receiver.Feed is not { } feed)
            return;
        PrivateBlock(receiver);
        feed.Remove(receiver);
    }

    /// <summary>The receiver is gone: nothing is sent to it any more.</summary>
    public void Remove(Receiver receiver)
    {
        LeaveFeed(receiver);
        receiver.Held = null;
        _arriving.Remove(receiver);
    }

    /// <summary>After what it has coming nothing more is sent to the receiver.</summary>
    public void FinishAfterRound(Receiver receiver) => _finishing.Add(receiver);

    /// <summary>Sends one event to all of its audience.</summary>
    public void Deliver(ServerEvent happened)
    {
        Attendance.Follow(happened);
        foreach (var feeds in _feeds.Dialects)
            feeds.Dialect.Follow(this, happened);
        foreach (var receiver in _arriving)
        {
            if (IsFor(receiver, happened))
                Keep(receiver, happened);
        }

        if (happened.Audience.Kind == AudienceKind.Users)
        {
            foreach (var receiver in Attendance.ReceiversOf(happened.Audience.First, happened.Audience.Second))
            {
                if (receiver.Feed is not null && IsFor(receiver, happened))
                    SendTo(receiver, happened);
            }

            return;
        }

        foreach (var feeds in _feeds.Dialects)
            WriteToFeeds(feeds, happened);
    }

    /// <summary>The connections of one dialect that listen to this channel alone.</summary>
    public IReadOnlyList<Receiver> ReceiversIn(Dialect dialect, ChannelId channel) => _feeds.Of(dialect).ReceiversIn(channel);

    /// <summary>The connections of one dialect that are on their way into this channel.</summary>
    public IEnumerable<Receiver> ArrivingIn(Dialect dialect, ChannelId channel) =>
        _arriving.Where(r => r.Dialect == dialect && r.Listening.Room?.Id == channel);

    /// <inheritdoc cref="FeedTable.OccupiedRooms"/>
    public IEnumerable<Room> OccupiedRooms => _feeds.OccupiedRooms;

    /// <summary>The bytes that go to one receiver alone, after what it has coming so far.</summary>
    public ByteBlock PrivateBlock(Receiver receiver)
    {
        var own = BeginPrivate(receiver);
        TakeFeedSoFar(receiver);
        return own;
    }

    /// <summary>Sends one receiver frames that were written beside this thread, after what it has coming so far.</summary>
    public void SendWritten(Receiver receiver, ByteBlock written)
    {
        var own = PrivateBlock(receiver);
        if (own.Length > 0)
        {
            Send(receiver, own.Bytes, 0, own.Length);
            own.Reset();
        }

        Send(receiver, written.Bytes, 0, written.Length);
    }

    private ByteBlock BeginPrivate(Receiver receiver)
    {
        if (receiver.Private is { } begun)
            return begun;
        receiver.FeedFrom = 0;
        _special.Add(receiver);
        return receiver.Private = _spareBlocks.Count > 0 ? _spareBlocks.Pop() : new ByteBlock();
    }

    private static bool IsFor(Receiver receiver, ServerEvent happened) => happened.Audience.Includes(receiver) && receiver.Dialect.Tells(happened, receiver);

    private static void Keep(Receiver receiver, ServerEvent happened)
    {
        if (receiver.Held is not { } kept || receiver.HeldTooMuch)
            return;
        kept.Add(happened);
        if (kept.Count <= MostHeldEvents)
            return;
        receiver.HeldTooMuch = true;
        kept.Clear();
    }

    private static void TakeFeed(Receiver receiver, int upTo)
    {
        if (receiver.Feed is not { } feed || receiver.Private is not { } own || upTo <= receiver.FeedFrom)
            return;
        own.Append(feed.Block.Written[receiver.FeedFrom..upTo]);
        receiver.FeedFrom = upTo;
    }

    private static void TakeFeedSoFar(Receiver receiver) => TakeFeed(receiver, receiver.Feed?.Block.Length ?? 0);

    private void JoinFeed(Receiver receiver)
    {
        PrivateBlock(receiver); // What the feed's block holds already is not for this receiver.
        var feed = _feeds.Of(receiver);
        feed.Add(receiver);
        receiver.FeedFrom = feed.Block.Length;
    }

    private void WriteToFeeds(DialectFeeds feeds, ServerEvent happened)
    {
        WriteToFeed(feeds.ToAll, happened);
        if (happened.Audience.Kind == AudienceKind.Channel)
        {
            if (feeds.Rooms.TryGetValue(happened.Audience.Channel, out var feed))
                WriteToFeed(feed, happened);
            return;
        }

        WriteToFeed(feeds.ToNone, happened);
        foreach (var room in feeds.Rooms.Values)
            WriteToFeed(room, happened);
    }

    private void WriteToFeed(Feed feed, ServerEvent happened)
    {
        if (feed.Receivers.Count == 0)
            return;
        var start = feed.Block.Length;
        Write(happened, feed.Dialect, feed.Block);
        if (feed.Block.Length == start)
            return;
        if (happened.Audience.Except is { } except)
            LeaveOut(except, feed, start);
        MarkDirty(feed);
    }

    // Whoever is left out goes on by a block of their own, with what came before and what comes after.
    private void LeaveOut(UserId user, Feed feed, int start)
    {
        foreach (var receiver in Attendance.ReceiversOf(user, user))
        {
            if (receiver.Feed != feed)
                continue;
            BeginPrivate(receiver);
            TakeFeed(receiver, start);
            receiver.FeedFrom = feed.Block.Length;
        }
    }

    private void SendTo(Receiver receiver, ServerEvent happened)
    {
        Write(happened, receiver.Dialect, PrivateBlock(receiver));
        receiver.Dialect.Told(receiver, happened);
    }

    // Half an event must not go to those who share the block, and who gets it by another block or in other words gets it still.
    private void Write(ServerEvent happened, Dialect dialect, ByteBlock block)
    {
        var start = block.Length;
        try
        {
            dialect.Write(block, happened);
        }
#pragma warning disable CA1031 // One event's fault is its own, as one item's is (Apply).
        catch (Exception e)
#pragma warning restore CA1031
        {
            block.TakeBackTo(start);
            Log.ItemFailed(_logger, e, happened.GetType().Name);
        }
    }
}
