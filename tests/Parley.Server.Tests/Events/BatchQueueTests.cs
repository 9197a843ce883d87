using System.Collections.Concurrent;
using Parley.Server.Events;

namespace Parley.Server.Tests.Events;

/// <summary>However many add to it and do its rounds themselves: one round at a time, everything once, and each adder's things in their order.</summary>
public sealed class BatchQueueTests
{
    private const int Adders = 4;
    private const int Each = 20_000;

    private readonly BatchQueue<(int Adder, int Number)> _queue = new();
    private readonly List<(int Adder, int Number)> _taken = [];
    private readonly ConcurrentBag<string> _faults = [];
    private List<(int Adder, int Number)> _batch = [];
    private int _atWork;

    [Fact]
    public void Rounds_of_the_thread_and_of_those_who_add_never_overlap_and_keep_the_order()
    {
        var thread = new Thread(() =>
        {
            while (_queue.Wait(Timeout.InfiniteTimeSpan))
                Round();
        });
        thread.Start();

        Parallel.For(0, Adders, new ParallelOptions { MaxDegreeOfParallelism = Adders }, Add);
        _queue.Complete();
        Assert.True(thread.Join(Deadline.Default));

        Assert.Empty(_faults);
        Assert.Equal(Adders * Each, _taken.Count);
        Assert.All(_taken.GroupBy(t => t.Adder), one => Assert.Equal(Enumerable.Range(0, Each), one.Select(t => t.Number)));
    }

    [Fact]
    public void Who_adds_where_nobody_is_at_work_does_the_round()
    {
        _queue.Add((0, 0), mayTake: true, out var first);
        _queue.Add((0, 1), mayTake: true, out var second);
        Round();
        _queue.Add((0, 2), mayTake: false, out var third);

        Assert.Equal((true, false, false), (first, second, third));
        Assert.Equal([(0, 0), (0, 1)], _taken);
    }

    [Fact]
    public async Task What_came_during_a_round_of_another_is_the_threads()
    {
        _queue.Add((0, 0), mayTake: true, out _);
        var waiting = Task.Run(() => _queue.Wait(Timeout.InfiniteTimeSpan));
        _queue.TakeAll(ref _batch);
        _batch.Clear();
        _queue.Add((0, 1), mayTake: true, out _);

        Assert.False(waiting.IsCompleted);
        _queue.EndTurn();

        Assert.True(await waiting.WaitAsync(Deadline.Default));
        _queue.TakeAll(ref _batch);
        Assert.Equal([(0, 1)], _batch);
    }

    [Fact]
    public async Task A_thread_that_sleeps_for_ever_is_woken_where_something_falls_due()
    {
        var waiting = Task.Run(() => _queue.Wait(Timeout.InfiniteTimeSpan));
        await Eventually.TrueAsync(
            () =>
            {
                // Each turn may end before the thread sleeps; one after that wakes it.
                _queue.Add((0, 0), mayTake: true, out var isTaken);
                if (!isTaken)
                    return true;
                _queue.TakeAll(ref _batch);
                _batch.Clear();
                _queue.EndTurn(needsTimer: true);
                return waiting.IsCompleted;
            },
            "the thread to wake");

        Assert.True(await waiting.WaitAsync(Deadline.Default));
    }

    private void Add(int adder)
    {
        for (var i = 0; i < Each; i++)
        {
            if (!_queue.Add((adder, i), mayTake: i % 3 > 0, out var isTaken))
                _faults.Add("What was added before the end was refused.");
            if (isTaken)
                Round();
        }
    }

    private void Round()
    {
        if (Interlocked.Increment(ref _atWork) != 1)
            _faults.Add("Two rounds at once.");
        _queue.TakeAll(ref _batch);
        _taken.AddRange(_batch);
        _batch.Clear();
        Interlocked.Decrement(ref _atWork);
        _queue.EndTurn();
    }
}
