using Parley.Server.Events;

namespace Parley.Server.Tests.Events;

/// <summary>However many add to it: everything is taken once, and each adder's things in their order.</summary>
public sealed class BatchQueueTests
{
    private const int Adders = 4;
    private const int Each = 20_000;

    private readonly BatchQueue<(int Adder, int Number)> _queue = new();
    private List<(int Adder, int Number)> _batch = [];

    [Fact]
    public void What_many_add_at_once_is_taken_once_and_in_the_order_of_each()
    {
        var taken = new List<(int Adder, int Number)>();
        var consumer = new Thread(() =>
        {
            while (_queue.Wait(Timeout.InfiniteTimeSpan))
            {
                _queue.TakeAll(ref _batch);
                taken.AddRange(_batch);
                _batch.Clear();
            }
        });
        consumer.Start();

        Parallel.For(0, Adders, new ParallelOptions { MaxDegreeOfParallelism = Adders }, Add);
        _queue.Complete();
        Assert.True(consumer.Join(Deadline.Default));

        Assert.Equal(Adders * Each, taken.Count);
        Assert.All(taken.GroupBy(t => t.Adder), one => Assert.Equal(Enumerable.Range(0, Each), one.Select(t => t.Number)));
    }

    [Fact]
    public async Task What_comes_while_the_consumer_waits_wakes_it()
    {
        var waiting = Task.Run(() => _queue.Wait(Timeout.InfiniteTimeSpan));
        Assert.False(waiting.IsCompleted);

        Assert.True(_queue.AddRange([(0, 0), (0, 1)]));

        Assert.True(await waiting.WaitAsync(Deadline.Default));
        Assert.Equal(2, _queue.Waiting.Depth);
        _queue.TakeAll(ref _batch);
        Assert.Equal([(0, 0), (0, 1)], _batch);
        Assert.Equal((0, TimeSpan.Zero), _queue.Waiting);
    }

    [Fact]
    public void A_wait_ends_in_time_where_nothing_comes()
    {
        Assert.True(_queue.Wait(TimeSpan.FromMilliseconds(1)));

        Assert.Equal(0, _queue.Waiting.Depth);
    }

    [Fact]
    public void After_its_end_nothing_is_added_and_what_waits_is_still_taken()
    {
        _queue.Add((0, 0));
        _queue.Complete();

        Assert.False(_queue.Add((0, 1)));
        Assert.False(_queue.AddRange([(0, 2)]));
        Assert.True(_queue.Wait(Timeout.InfiniteTimeSpan));
        _queue.TakeAll(ref _batch);
        Assert.Equal([(0, 0)], _batch);
        Assert.False(_queue.Wait(Timeout.InfiniteTimeSpan));
    }

    private void Add(int adder)
    {
        for (var i = 0; i < Each; i++)
            Assert.True(i % 3 > 0 ? _queue.Add((adder, i)) : _queue.AddRange([(adder, i)]));
    }
}
