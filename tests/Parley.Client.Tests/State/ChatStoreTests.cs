using System.Collections.Concurrent;
using Parley.Client.State;

namespace Parley.Client.Tests.State;

public sealed class ChatStoreTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscriber_is_told_of_changes_on_another_thread_until_it_leaves()
    {
        var store = new ChatStore();
        var seen = new ConcurrentQueue<(string? Epoch, int Thread)>();
        using (store.Subscribe(() => seen.Enqueue((store.State.Epoch, Environment.CurrentManagedThreadId))))
        {
            var self = await Task.Factory.StartNew(
                () =>
                {
                    store.Update(s => s with { Epoch = "1" });
                    store.Update(s => s);
                    return Environment.CurrentManagedThreadId;
                },
                Cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default); // No thread of the pool: nobody is told on it.
            await Eventually.TrueAsync(() => !store.IsNotifying, "all to be told");
            Assert.Equal("1", Assert.Single(seen).Epoch);
            Assert.NotEqual(self, seen.Single().Thread);
        }

        store.Update(s => s with { Epoch = "2" });
        await Eventually.TrueAsync(() => !store.IsNotifying, "all to be told");
        Assert.Single(seen);
    }

    [Fact]
    public async Task A_slow_subscriber_is_told_of_many_changes_at_once_and_of_the_last_for_certain()
    {
        var store = new ChatStore();
        using var isHeld = new ManualResetEventSlim();
        var told = 0;
        string? last = null;
        using var subscription = store.Subscribe(() =>
        {
            isHeld.Wait(Cancel);
            told++;
            last = store.State.Epoch;
        });

        for (var i = 1; i <= 1_000; i++)
            store.Update(s => s with { Epoch = $"{i}" });
        isHeld.Set();

        await Eventually.TrueAsync(() => !store.IsNotifying, "all to be told");
        Assert.Equal("1000", last);
        Assert.InRange(told, 1, 10);
    }

    [Fact]
    public async Task Changes_from_many_threads_are_all_there()
    {
        var store = new ChatStore();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 1_000; i++)
                store.Update(s => s with { Epoch = $"{int.Parse(s.Epoch ?? "0", null) + 1}" });
        })));

        Assert.Equal("8000", store.State.Epoch);
    }
}
