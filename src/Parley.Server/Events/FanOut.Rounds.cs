using System.Diagnostics;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Transport;

namespace Parley.Server.Events;

/// <content>The rounds: take, apply, send.</content>
internal sealed partial class FanOut
{
    private static readonly Closing TooSlow = new(CloseReason.SlowConsumer, "This connection did not take what was sent to it.", ReconnectAdvice.Now);

    // So long what is said in a busy room may wait for its neighbours; and so many times as long as sending took.
    private static readonly TimeSpan LongestRest = TimeSpan.FromMilliseconds(4);
    private const int RestForEachSending = 2;

    // For fewer a batch saves nothing.
    private const int FewestForABurst = 8;

    // Each may have grown to some hundred kilobytes: a round in which many get an answer of their own must not leave them all behind.
    private const int MostSpareBlocks = 64;

    private readonly ManualResetEvent _stopping = new(false);
    private readonly Lazy<Burst?> _burst = new(() => SendBatch.TryCreate() is { } sends ? new Burst(sends) : null);
    private long _sendingEnded;
    private TimeSpan _rest;

    private List<IFanOutItem> _batch = [];

    private void Run()
    {
        while (_queue.Wait(Attendance.UntilNextRound))
        {
            Rest();
            Round();
            _queue.EndTurn();
        }
    }

    // By whoever has the turn: the thread, or where it sleeps the one who posted, who saves waking it.
    private void Round()
    {
        _queue.TakeAll(ref _batch);
        foreach (var item in _batch)
        {
            Apply(item);
            FlushLongBlocks();
        }

        _batch.Clear();
        Apply(Attendance);
        var began = Stopwatch.GetTimestamp();
        Flush();
        var ended = Stopwatch.GetTimestamp();
        var rest = Stopwatch.GetElapsedTime(began, ended) * RestForEachSending;
        _rest = rest < LongestRest ? rest : LongestRest;
        Volatile.Write(ref _sendingEnded, ended);
    }

    private void RoundOfPoster()
    {
        try
        {
            Round();
        }
        finally
        {
            _queue.EndTurn(needsTimer: Attendance.UntilNextRound != Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>
    /// A busy room has a pace: what comes soon after a round waits for its neighbours and goes out with them in one send a receiver, and one send of five
    /// messages costs the kernel little more than one of one. A round that took no time (few receivers) is followed by no rest, and at 80 messages/s a rest
    /// is over before the next one comes. Measured in docs/performance.md, "What was changed".
    /// </summary>
    private void Rest()
    {
        var left = RestLeft; // Once: it runs down, and below zero it would be no time to wait.
        if (!IsNothing(left))
            _stopping.WaitOne(left);
    }

    // Looked at without the turn, too: then it is a guess, and the worst of it a round too early.
    private bool IsRested => IsNothing(RestLeft);

    // A millisecond is the shortest that a thread can sleep.
    private static bool IsNothing(TimeSpan rest) => rest < TimeSpan.FromMilliseconds(1);

    private TimeSpan RestLeft => _rest - Stopwatch.GetElapsedTime(Volatile.Read(ref _sendingEnded));

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

    private void MarkDirty(Feed feed)
    {
        if (feed.IsDirty)
            return;
        feed.IsDirty = true;
        _dirty.Add(feed);
    }

    private void FlushLongBlocks()
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
            if (receiver.Private is { Length: > ByteBlock.TargetBytes } own)
            {
                Send(receiver, own.Bytes, 0, own.Length);
                own.Reset();
            }
        }
    }

    private void Flush()
    {
        foreach (var receiver in _special)
            FlushSpecial(receiver);
        foreach (var feed in _dirty)
        {
            SendToAll(feed.ReceiverSpan, feed.Block.Bytes, feed.Block.Length);
            feed.Block.Reset();
            feed.IsDirty = false;
        }

        foreach (var receiver in _special)
        {
            if (receiver.Private is { } own)
            {
                own.Reset();
                if (_spareBlocks.Count < MostSpareBlocks)
                    _spareBlocks.Push(own);
            }

            receiver.Private = null;
            receiver.FeedFrom = 0;
        }

        _special.Clear();
        _dirty.Clear();
        foreach (var receiver in _finishing)
        {
            receiver.IsClosed = true;
            receiver.Outbox.Finish();
        }

        _finishing.Clear();
        if (Waiting.IsOver)
            CloseSlowest();
    }

    private void CloseSlowest()
    {
        var receivers = _feeds.All.SelectMany(f => f.Receivers).Concat(_arriving);
        var slowest = WaitingBytes.Slowest(receivers, Waiting.Excess).ToList();
        foreach (var receiver in slowest)
        {
            // A peer that reads is told why. For one that does not, seconds with all that it holds would be what was to be ended.
            if (Waiting.MayTakeLeave(receiver.Outbox.WaitingCount))
            {
                Overflow(receiver);
                continue;
            }

            receiver.IsClosed = true;
            Waiting.CountClosed();
            receiver.Outbox.Abort();
        }

        Log.TooMuchWaits(_logger, slowest.Count);
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
            if (receiver.Private is null)
                Send(receiver, bytes, 0, length);
        }
    }

    private static void FlushSpecial(Receiver receiver)
    {
        if (receiver.Private is not { } own)
            return;
        TakeFeedSoFar(receiver);
        Send(receiver, own.Bytes, 0, own.Length);
    }

    public static void Send(Receiver receiver, SharedBytes bytes, int start, int length)
    {
        if (!receiver.IsClosed && !receiver.Outbox.TryEnqueue(bytes, start, length))
            Overflow(receiver);
    }

    private static void Overflow(Receiver receiver)
    {
        receiver.IsClosed = true;
        receiver.Outbox.Overflow(receiver.Dialect.Overflow(TooSlow));
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2001, Level = LogLevel.Error, Message = "The fan-out could not apply {Item}.")]
        public static partial void ItemFailed(ILogger logger, Exception exception, string item);

        [LoggerMessage(EventId = 2002, Level = LogLevel.Warning, Message = "More bytes wait for connections than may: {Count} that did not take theirs were closed.")]
        public static partial void TooMuchWaits(ILogger logger, int count);
    }
}
