using System.Diagnostics;
using Parley.Server.Events;
using Parley.Server.Scheduling;

namespace Parley.Server.Storage;

/// <summary>
/// The one writer of the database. A round takes what waits, from users in turn, writes it in one transaction, syncs once, and hands the outcomes to the
/// fan-out: one sync pays for hundreds of messages under load, and a lone message waits for nothing.
/// </summary>
internal sealed partial class WriteQueue
{
    /// <summary>The key of what the server writes by itself.</summary>
    public const long OfServer = 0;

    // In one transaction: bounds how long the first waits for the last. More is not taken once the round has gone on for so long.
    private const int MostInARound = 1_000;
    private const int TakenAtOnce = 16;
    private static readonly TimeSpan LongestRound = TimeSpan.FromMilliseconds(10);

    private readonly object _gate = new(); // Monitor and not Lock: the thread waits on it.
    private readonly FairQueue<long, WriteItem> _waiting = new();
    private readonly WriteRound _round;
    private readonly FanOut _fanOut;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private bool _completed;
    private bool _sleeps;
    private int _unsettled;
    private int _leftInRound;
    private long _roundBegan;

    public WriteQueue(Database database, FanOut fanOut, ILogger logger)
    {
        _round = new WriteRound(database, logger);
        _fanOut = fanOut;
        _logger = logger;
        _thread = new Thread(Run) { Name = "write queue", IsBackground = true };
    }

    public void Start() => _thread.Start();

    /// <summary>Whether the fan-out was told everything that is committed: nothing waits here, and nothing is being written.</summary>
    public bool IsIdle => Volatile.Read(ref _unsettled) == 0;

    /// <summary>Items that were written since the start.</summary>
    public long Done { get; private set; }

    /// <summary>Items that broke, or whose commit did.</summary>
    public long Failed { get; private set; }

    /// <summary>How many items wait, and for how long the oldest of them has.</summary>
    public (int Depth, TimeSpan OldestAge) Waiting
    {
        get
        {
            lock (_gate)
                return (_waiting.Count, _waiting.Count == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_waiting.Firsts.Min(i => i.PostedAt)));
        }
    }

    /// <summary>Adds an item behind those of the same <paramref name="fairnessKey"/>; false when the server stops.</summary>
    /// <param name="item">What to write.</param>
    /// <param name="fairnessKey">Whose it is: a user's id, over all their connections; below zero somebody who has not logged in.</param>
    public bool Post(WriteItem item, long fairnessKey = OfServer)
    {
        Interlocked.Increment(ref _unsettled); // Counted first: an item that is committed and not yet told must not make the queue look idle.
        item.PostedAt = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (!_completed)
            {
                _waiting.Enqueue(fairnessKey, item);
                if (_sleeps)
                    Monitor.Pulse(_gate);
                return true;
            }
        }

        Interlocked.Decrement(ref _unsettled);
        return false;
    }

    /// <summary>Writes something that nobody waits for.</summary>
    public void Write(Action<DatabaseConnection> write, long fairnessKey = OfServer) => Post(new UnawaitedWrite(write), fairnessKey);

    /// <summary>Writes what waits, then ends the thread.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.Pulse(_gate);
        }

        _thread.Join();
    }

    private void Run()
    {
        List<IFanOutItem> output = [];
        Action<List<WriteItem>> takeMore = TakeMore;
        while (WaitForRound())
        {
            _round.Run(takeMore);
            for (var i = 0; i < _round.Items.Count; i++)
            {
                Tell(_round.Items[i], _round.FailureOf(i), output);
                if (_round.FailureOf(i) is null)
                    Done++;
                else
                    Failed++;
            }

            _fanOut.Post(output);
            output.Clear();
            foreach (var item in _round.Items)
                Posted(item);
            Interlocked.Add(ref _unsettled, -_round.Items.Count);
        }
    }

    private bool WaitForRound()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_completed)
            {
                _sleeps = true;
                Monitor.Wait(_gate);
                _sleeps = false;
            }

            // Items that come during the round may join it in their turn; its length stays bounded by this count.
            _leftInRound = Math.Min(_waiting.Count, MostInARound);
            _roundBegan = Stopwatch.GetTimestamp();
            return _leftInRound > 0;
        }
    }

    private void TakeMore(List<WriteItem> items)
    {
        if (_leftInRound == 0 || (items.Count > 0 && Stopwatch.GetElapsedTime(_roundBegan) > LongestRound))
            return;
        lock (_gate)
        {
            for (var i = 0; i < TakenAtOnce && _leftInRound > 0 && _waiting.TryDequeue(out var item); i++, _leftInRound--)
                items.Add(item);
        }
    }

    private void Tell(WriteItem item, Exception? failure, List<IFanOutItem> output)
    {
        var before = output.Count;
        try
        {
            if (failure is null)
                item.Committed(output);
            else
                item.Failed(failure, output);
        }
#pragma warning disable CA1031 // One item's fault must not end the thread that all others are written by.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.TellingFailed(_logger, e, item.GetType().Name);
            output.RemoveRange(before, output.Count - before);
            // Written or not, whoever waits gets an answer. Where that breaks, too, there is nothing left to try.
            if (failure is null)
                Tell(item, e, output);
        }
    }

    private void Posted(WriteItem item)
    {
        try
        {
            item.Posted();
        }
#pragma warning disable CA1031 // As above.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.TellingFailed(_logger, e, item.GetType().Name);
        }
    }

    private sealed class UnawaitedWrite(Action<DatabaseConnection> write) : WriteItem
    {
        public override bool Run(DatabaseConnection transaction)
        {
            write(transaction);
            return true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 3003, Level = LogLevel.Error, Message = "What became of {Item} could not be told.")]
        public static partial void TellingFailed(ILogger logger, Exception exception, string item);
    }
}
