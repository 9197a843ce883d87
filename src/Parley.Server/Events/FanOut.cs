using Parley.Protocol.Features;
using Parley.Protocol.Framing;
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

    private static readonly byte[] HeldTooLongFrame = FrameWriter.ToFrame(
        new Closing(CloseReason.Limit, "Too much was said while you arrived. Come back.", ReconnectAdvice.Later), ProtocolJson.Default.Closing);

    private readonly BatchQueue<IFanOutItem> _queue = new();
    private readonly Dictionary<ChannelId, Feed> _rooms = [];
    private readonly Feed _lobby = new();
    private readonly Feed _everyone = new();
    private readonly List<Feed> _dirty = [];
    private readonly List<Receiver> _special = [];
    private readonly List<Receiver> _arriving = [];
    private readonly List<Receiver> _finishing = [];
    private readonly Stack<FrameBlock> _spareBlocks = new();
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
    /// Who may be held, at the same time: what comes is kept for each of them, and each has a snapshot in memory. Thousands who come at once are let in at this pace.
    /// </summary>
    public FairGate<UserId> Holds { get; } = new(MostHeld);

    /// <summary>How many connections are told what level 2 is told.</summary>
    public int Level2Count => _everyone.Receivers.Count;

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
            receiver.Outbox.Overflow(receiver.Level > 1 ? HeldTooLongFrame : []);
            return;
        }

        foreach (var (happened, announcement) in held ?? [])
        {
            announcement?.Invoke(PrivateBlock(receiver));
            if (happened is null || isInSnapshot(happened))
                continue;
            SendTo(receiver, happened);
            happened.Delivered(user => user == receiver.Identity?.Id);
        }

        JoinFeed(receiver, FeedOf(receiver));
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
        happened.Apply(this);
        foreach (var receiver in _arriving)
        {
            if (happened.Audience.Includes(receiver))
                Keep(receiver, new Held(happened, null));
        }

        switch (happened.Audience.Kind)
        {
            case AudienceKind.Everyone:
                WriteToFeed(_everyone, happened, level: 2);
                WriteToFeed(_lobby, happened, level: 1);
                foreach (var room in _rooms.Values)
                    WriteToFeed(room, happened, level: 1);
                break;
            case AudienceKind.Channel:
                WriteToFeed(_everyone, happened, level: 2);
                if (_rooms.TryGetValue(happened.Audience.Channel, out var feed))
                    WriteToFeed(feed, happened, level: 1);
                break;
            default:
                foreach (var receiver in Attendance.ReceiversOf(happened.Audience.First, happened.Audience.Second))
                {
                    if (receiver.Feed is not null && happened.Audience.Includes(receiver))
                        SendTo(receiver, happened);
                }

                break;
        }

        if (happened.EchoTo is { Feed: not null, Level: 1 } asker && !happened.Audience.Includes(asker))
            SendTo(asker, happened);
        happened.Delivered(Attendance.IsOnline);
    }

    /// <summary>Appends to what the level-1 connections of a channel get (null: of every channel and of none), but not those of one user.</summary>
    public void Announce(ChannelId? channel, UserId except, Action<FrameBlock> write)
    {
        foreach (var receiver in _arriving)
        {
            if (receiver.Level == 1 && receiver.Identity?.Id != except && (channel is null || receiver.CurrentChannel?.Id == channel))
                Keep(receiver, new Held(null, write));
        }

        if (channel is { } id)
        {
            if (_rooms.TryGetValue(id, out var room))
                WriteExcept(room, except, write);
            return;
        }

        WriteExcept(_lobby, except, write);
        foreach (var room in _rooms.Values)
            WriteExcept(room, except, write);
    }

    /// <summary>Appends to what all level-2 connections get.</summary>
    public void AnnounceToLevel2(Action<FrameBlock> write)
    {
        foreach (var receiver in _arriving)
        {
            if (receiver.Level > 1)
                Keep(receiver, new Held(null, write));
        }

        WriteExcept(_everyone, default, write);
    }

    /// <summary>The level-1 connections whose current channel is this one.</summary>
    public IReadOnlyList<Receiver> ReceiversIn(ChannelId channel) => _rooms.TryGetValue(channel, out var room) ? room.Receivers : [];

    /// <summary>The level-1 connections that are on their way into this channel.</summary>
    public IEnumerable<Receiver> ArrivingIn(ChannelId channel) => _arriving.Where(r => r.CurrentChannel?.Id == channel);

    /// <summary>The channels that are the current one of some level-1 connection.</summary>
    public IEnumerable<Room> OccupiedRooms => _rooms.Values.Where(f => f.Receivers.Count > 0).Select(f => f.Receivers[0].CurrentChannel).OfType<Room>();

    /// <summary>The bytes that go to one receiver alone, after what it has coming so far.</summary>
    public FrameBlock PrivateBlock(Receiver receiver)
    {
        if (receiver.Private is null)
        {
            receiver.Private = _spareBlocks.Count > 0 ? _spareBlocks.Pop() : new FrameBlock();
            receiver.FeedFrom = 0;
            _special.Add(receiver);
        }

        TakeFeedSoFar(receiver);
        return receiver.Private;
    }

    /// <summary>Sends one receiver frames that were written beside this thread, after what it has coming so far.</summary>
    public void SendWritten(Receiver receiver, FrameBlock written)
    {
        var own = PrivateBlock(receiver);
        if (own.Length > 0)
        {
            Send(receiver, own.Bytes, 0, own.Length);
            own.Reset();
        }

        Send(receiver, written.Bytes, 0, written.Length);
    }

    private static void Keep(Receiver receiver, Held held)
    {
        if (receiver.Held is not { } kept || receiver.HeldTooMuch)
            return;
        kept.Add(held);
        if (kept.Count <= MostHeldEvents)
            return;
        receiver.HeldTooMuch = true;
        kept.Clear();
    }

    private static void TakeFeedSoFar(Receiver receiver)
    {
        if (receiver.Feed is not { } feed || receiver.Private is not { } own || feed.Block.Length <= receiver.FeedFrom)
            return;
        own.Append(feed.Block.Bytes.Array.AsSpan(receiver.FeedFrom, feed.Block.Length - receiver.FeedFrom));
        receiver.FeedFrom = feed.Block.Length;
    }

    private Feed FeedOf(Receiver receiver)
    {
        if (receiver.Level > 1)
            return _everyone;
        if (receiver.CurrentChannel is not { } channel)
            return _lobby;
        if (!_rooms.TryGetValue(channel.Id, out var room))
            _rooms.Add(channel.Id, room = new Feed());
        return room;
    }

    private void JoinFeed(Receiver receiver, Feed feed)
    {
        PrivateBlock(receiver); // What the feed's block holds already is not for this receiver.
        feed.Add(receiver);
        receiver.FeedFrom = feed.Block.Length;
    }

    private void WriteToFeed(Feed feed, ServerEvent happened, int level)
    {
        if (feed.Receivers.Count == 0)
            return;
        Write(happened, feed.Block, level);
        MarkDirty(feed);
    }

    private void WriteExcept(Feed feed, UserId except, Action<FrameBlock> write)
    {
        if (feed.Receivers.Count == 0)
            return;
        var excluded = Attendance.ReceiversOf(except, except).Where(r => r.Feed == feed).ToList();
        foreach (var receiver in excluded)
            PrivateBlock(receiver);
        var start = feed.Block.Length;
        try
        {
            write(feed.Block);
        }
        catch
        {
            feed.Block.TakeBackTo(start);
            throw;
        }

        foreach (var receiver in excluded)
            receiver.FeedFrom = feed.Block.Length;
        MarkDirty(feed);
    }

    private void SendTo(Receiver receiver, ServerEvent happened) => Write(happened, PrivateBlock(receiver), receiver.Level);

    // Half an event must not go to those who share the block, and who gets it by another block or in the other level's words gets it still.
    private void Write(ServerEvent happened, FrameBlock block, int level)
    {
        var start = block.Length;
        try
        {
            if (level > 1)
                happened.WriteLevel2(block);
            else
                happened.WriteLevel1(block);
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
