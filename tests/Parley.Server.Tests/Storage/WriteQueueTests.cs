using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.Events;
using Parley.Server.Storage;

namespace Parley.Server.Tests.Storage;

/// <summary>What items of one round do to one another: nothing.</summary>
public sealed class WriteQueueTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Database _database;
    private readonly FanOut _fanOut = new(new Attendance(TimeProvider.System), NullLogger.Instance);
    private readonly WriteQueue _queue;

    public WriteQueueTests()
    {
        _database = Database.Open(Path.Combine(_folder.Path, "chat.db"), TimeProvider.System);
        _queue = new WriteQueue(_database.Writer, _fanOut, NullLogger.Instance);
    }

    [Fact]
    public void What_an_item_wrote_and_then_refused_or_broke_is_undone_and_its_neighbours_stay()
    {
        Item[] items = [new("a"), new("b", Ending.Refused), new("c", Ending.Broken), new("d")];

        RunInOneRound(items);

        Assert.Equal(["a", "d"], Written());
        Assert.Equal(["committed", "committed", "failed", "committed"], items.Select(i => i.Told));
    }

    [Fact]
    public void An_item_that_wrote_nothing_before_it_broke_has_no_neighbour_write_twice()
    {
        Item[] items = [new("a"), new("b", Ending.BrokenAtOnce), new("c")];

        RunInOneRound(items);

        Assert.Equal(["a", "c"], Written());
        Assert.Equal(["committed", "failed", "committed"], items.Select(i => i.Told));
        Assert.Equal([1, 1, 1], items.Select(i => i.Runs));
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    // What is posted before the start is one round.
    private void RunInOneRound(Item[] items)
    {
        foreach (var item in items)
            Assert.True(_queue.Post(item));
        _fanOut.Start();
        _queue.Start();
        _queue.Stop();
        _fanOut.Stop();
    }

    private List<string> Written() => _database.Read(store => store.Prepare("SELECT name FROM properties WHERE value = 'test' ORDER BY name").All(r => r.Text(0)));

    private enum Ending
    {
        Written,
        Refused,
        Broken,
        BrokenAtOnce,
    }

    private sealed class Item(string name, Ending ending = Ending.Written) : WriteItem
    {
        public string Told { get; private set; } = "";

        public int Runs { get; private set; }

        public override bool Run(StoreConnection transaction)
        {
            Runs++;
            if (ending == Ending.BrokenAtOnce)
                throw new InvalidOperationException(name);
            transaction.Prepare("INSERT INTO properties(name, value) VALUES(@name, 'test')").Set("@name", name).Execute();
            return ending == Ending.Broken ? throw new InvalidOperationException(name) : ending == Ending.Written;
        }

        public override void Committed(ICollection<IFanOutItem> output) => Told += "committed";

        public override void Failed(Exception reason, ICollection<IFanOutItem> output) => Told += "failed";
    }
}
