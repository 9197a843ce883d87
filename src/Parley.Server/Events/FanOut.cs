using System.Diagnostics;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events.Feeds;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Events.Visibility;
using Parley.Server.Scheduling;

namespace Parley.Server.Events;

/// <summary>
/// The thread that everything leaves by. In a round it takes all that was posted, lets each item write into the feeds' blocks or to single receivers, then
/// sends every receiver its bytes. What an item may do is here; how an event is written is <see cref="EventWriter"/>'s, how bytes leave
/// <see cref="Sender"/>'s, what is kept for those who arrive <see cref="HeldReceivers"/>'.
/// </summary>
#pragma warning disable CA1001 // It lives as long as the process.
internal sealed partial class FanOut
#pragma warning restore CA1001
{
    private const int MostHeld = 16;

    private static readonly Closing HeldTooLong = new(CloseReason.Limit, "Too much was said while you arrived. Come back.", ReconnectAdvice.Later);

    private readonly BatchQueue<IFanOutItem> _queue = new();
    private readonly Pace _pace = new();
    private readonly FeedTable _feeds = new();
    private readonly HeldReceivers _held = new();
    private readonly Sender _sender;
    private readonly EventWriter _writer;
    private readonly VisibilityUpdater _visibility;
    private readonly Thread _thread;
    private readonly ILogger _logger;
    private List<IFanOutItem> _batch = [];

    /// <param name="attendance">Who is here.</param>
    /// <param name="logger">Where faults are told.</param>
    /// <param name="mostWaitingBytes">For all connections together; 0: no limit.</param>
    public FanOut(Attendance attendance, ILogger logger, long mostWaitingBytes = 0)
    {
        Attendance = attendance;
        Waiting = new WaitingBytes(mostWaitingBytes);
        _logger = logger;
        _sender = new Sender(_feeds, _held, Waiting, logger);
        _writer = new EventWriter(_feeds, attendance, _sender, logger);
        _visibility = new VisibilityUpdater(_feeds, attendance, _sender, _writer);
        _thread = new Thread(Run) { Name = "fan-out", IsBackground = true };
    }

    /// <summary>Who is here.</summary>
    public Attendance Attendance { get; }

    /// <summary>How many items wait to be applied, and for how long the oldest of them has.</summary>
    public (int Depth, TimeSpan OldestAge) WaitingItems => _queue.Waiting;

    /// <summary>What waits for peers who are behind.</summary>
    public WaitingBytes Waiting { get; }

    /// <summary>
    /// Bounds how many receivers are held at the same time, since each has its events kept and a snapshot in memory. When thousands come at once, they are let
    /// in one after the other.
    /// </summary>
    public FairGate<UserId> Holds { get; } = new(MostHeld);

    /// <summary>The channels that not everybody sees. They are loaded at the start, and follow what is committed from then on.</summary>
    public PrivateChannels PrivateChannels => _feeds.PrivateChannels;

    /// <summary>How many connections listen to all channels that they see.</summary>
    public int ListenersToAll => _feeds.ListenersToAll;

    /// <inheritdoc cref="FeedTable.OccupiedChannels"/>
    public IEnumerable<NamedChannel> OccupiedChannels => _feeds.OccupiedChannels;

    public void Start() => _thread.Start();

    /// <summary>Adds an item behind all others; false when the server has stopped.</summary>
    public bool Post(IFanOutItem item) => _queue.Add(item);

    /// <summary>Adds several, next to each other; false when the server has stopped.</summary>
    public bool Post(IReadOnlyCollection<IFanOutItem> items) => _queue.AddRange(items);

    /// <summary>Sends what was posted, then ends the thread.</summary>
    public void Stop()
    {
        _queue.Complete();
        _pace.Stop();
        _thread.Join();
        _pace.Dispose();
        _sender.Dispose();
    }

    /// <summary>From now on keeps for <paramref name="receiver"/> what it would get, until <see cref="Release"/>.</summary>
    public void Hold(Receiver receiver)
    {
        _feeds.Of(receiver.Dialect); // From now on the dialect follows what happens.
        _held.Add(receiver);
    }

    /// <summary>Ends the hold: the receiver is told the kept events that its snapshot does not include, then joins its feed.</summary>
    /// <param name="receiver">One that is held; the snapshot was sent to it.</param>
    /// <param name="isIncluded">Whether the snapshot already includes an event.</param>
    /// <param name="visibility">For a receiver that arrives: what it saw when the snapshot was read; null for what everybody sees.</param>
    public void Release(Receiver receiver, Func<ServerEvent, bool> isIncluded, ChannelVisibility? visibility = null)
    {
        var kept = _held.Remove(receiver);
        if (receiver.IsClosed)
            return;
        if (receiver.HeldTooMuch)
        {
            Sender.Close(receiver, HeldTooLong);
            return;
        }

        List<ChannelId> lost = [];
        receiver.Visible ??= _visibility.AtRelease(receiver.Identity?.Id, visibility, kept);
        foreach (var happened in VisibilityUpdater.ToTell(receiver, kept, isIncluded, lost))
            _writer.WriteTo(receiver, happened);
        _sender.Join(receiver);
        foreach (var channel in lost.Where(channel => receiver.Listening.Channel?.Id == channel))
            receiver.Dialect.Lost(this, receiver, channel);
    }

    /// <summary>The receiver hears other channels from now on; what it has coming stays in order.</summary>
    public void Listen(Receiver receiver, Listening listening)
    {
        LeaveFeed(receiver);
        receiver.Listening = listening;
        if (!receiver.IsClosed)
            _sender.Join(receiver);
    }

    /// <inheritdoc cref="Sender.Leave"/>
    public void LeaveFeed(Receiver receiver) => _sender.Leave(receiver);

    /// <summary>The receiver is gone: nothing is sent to it any more.</summary>
    public void Remove(Receiver receiver)
    {
        LeaveFeed(receiver);
        _held.Remove(receiver);
    }

    /// <inheritdoc cref="Sender.FinishAfterRound"/>
    public void FinishAfterRound(Receiver receiver) => _sender.FinishAfterRound(receiver);

    /// <summary>
    /// Brings a committed event to its audience, or applies a committed change. What follows from a change is told by <see cref="Tell"/>, while it is applied
    /// and so before the next event.
    /// </summary>
    public void Deliver(ServerEvent happened)
    {
        if (happened is FanOutChange change)
            Apply(change);
        else
            Tell(happened);
    }

    /// <summary>
    /// Sends one event to all of its audience, now. Neither a dialect that follows it nor one that writes it may tell another event: no call of this method is
    /// inside another.
    /// </summary>
    public void Tell(ServerEvent happened)
    {
        foreach (var feeds in _feeds.Dialects)
            feeds.Dialect.Follow(this, happened);
        _held.Keep(happened);
        _writer.Write(happened);
    }

    /// <summary>Who is in a channel.</summary>
    public OccupantNames NamesIn(NamedChannel channel) => Attendance.NamesIn(channel, PrivateChannels.Contains(channel.Id));

    /// <summary>The connections of one dialect that listen to this channel alone.</summary>
    public IReadOnlyList<Receiver> ReceiversIn(Dialect dialect, ChannelId channel) => _feeds.Of(dialect).ReceiversIn(channel);

    /// <inheritdoc cref="HeldReceivers.In"/>
    public IEnumerable<Receiver> HeldIn(Dialect dialect, ChannelId channel) => _held.In(dialect, channel);

    /// <inheritdoc cref="Sender.OwnBlock"/>
    public ByteBlock OwnBlock(Receiver receiver) => _sender.OwnBlock(receiver);

    /// <inheritdoc cref="Sender.SendWritten"/>
    public void SendWritten(Receiver receiver, ByteBlock written) => _sender.SendWritten(receiver, written);

    private void Run()
    {
        while (_queue.Wait(Attendance.UntilNextRound))
        {
            _pace.Rest();
            Round();
        }
    }

    private void Round()
    {
        _queue.TakeAll(ref _batch);
        foreach (var item in _batch)
        {
            Apply(item);
            _sender.FlushLongBlocks();
        }

        _batch.Clear();
        Apply(PresenceItem.Instance);
        var began = Stopwatch.GetTimestamp();
        _sender.Flush();
        _pace.Sent(began);
    }

    private void Apply(FanOutChange change)
    {
        switch (change)
        {
            case VisibilityChanged visibility:
                _held.Keep(visibility);
                _visibility.Apply(this, visibility);
                break;
            case StatusChosen chosen:
                Attendance.Choose(chosen.User, chosen.Chosen);
                break;
            case DeviceIdled idled:
                Attendance.SetIdle(idled.Receiver, idled.IsIdle);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, null);
        }
    }

    private void Apply(IFanOutItem item)
    {
        try
        {
            item.Apply(this);
        }
#pragma warning disable CA1031 // One item's fault must not end the thread that everything leaves by.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ItemFailed(_logger, e, item.GetType().Name);
            TellFailed(item, e);
        }
    }

    private void TellFailed(IFanOutItem item, Exception reason)
    {
        try
        {
            item.Failed(this, reason);
        }
#pragma warning disable CA1031 // As above; there is nothing left to try.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.ItemFailed(_logger, e, item.GetType().Name);
        }
    }

    private sealed class PresenceItem : IFanOutItem
    {
        public static PresenceItem Instance { get; } = new();

        public void Apply(FanOut fanOut) => fanOut.Attendance.TellPresence(fanOut);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "The fan-out could not apply {Item}.")]
        public static partial void ItemFailed(ILogger logger, Exception exception, string item);
    }
}
