using Parley.Client.State;

namespace Parley.Client.Tests.State;

public sealed class ChatStoreTests
{
    [Fact]
    public void A_subscriber_is_told_of_each_change_until_it_leaves()
    {
        var store = new ChatStore();
        var told = 0;
        using (store.Subscribe(() => told++))
        {
            store.Update(s => s with { Epoch = "1" });
            store.Update(s => s);
        }

        store.Update(s => s with { Epoch = "2" });

        Assert.Equal(1, told);
    }

    [Fact]
    public void A_subscriber_sees_the_state_that_it_is_told_of()
    {
        var store = new ChatStore();
        var seen = new List<string?>();
        using var subscription = store.Subscribe(() => seen.Add(store.State.Epoch));

        store.Update(s => s with { Epoch = "1" });
        store.Update(s => s with { Epoch = "2" });

        Assert.Equal(["1", "2"], seen);
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
