using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Storage;
using Parley.Server.Storage.Sqlite;

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
        _database = SqliteDatabase.Open(Path.Combine(_folder.Path, "chat.db"), TimeProvider.System);
        _queue = new WriteQueue(_database, _fanOut, NullLogger.Instance);
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

    [Fact]
    public void Users_are_written_in_turn_however_much_one_of_them_has_waiting()
    {
        List<string> order = [];
        for (var i = 1; i <= 3_000; i++)
            Assert.True(_queue.Post(new Noted($"flood {i}", order), fairnessKey: 1));
        Assert.True(_queue.Post(new Noted("alice 1", order), fairnessKey: 2));
        Assert.True(_queue.Post(new Noted("alice 2", order), fairnessKey: 2));
        Assert.True(_queue.Post(new Noted("bob 1", order), fairnessKey: 3));

        RunInOneRound([]);

        Assert.Equal(["flood 1", "alice 1", "bob 1", "flood 2", "alice 2", "flood 3"], order.Take(6));
        Assert.Equal(Enumerable.Range(1, 3_000).Select(i => $"flood {i}"), order.Where(o => o.StartsWith("flood", StringComparison.Ordinal)));
        Assert.True(_queue.IsIdle);
    }

    [Fact]
    public void A_round_takes_no_more_when_it_has_gone_on_for_long()
    {
        var rounds = new Rounds();
        for (var i = 0; i < 200; i++)
            Assert.True(_queue.Post(new Slow(TimeSpan.FromMilliseconds(1), rounds), fairnessKey: 1));

        RunInOneRound([]);

        Assert.True(rounds.Count > 2, $"200 ms of work were written in {rounds.Count} rounds.");
    }

    [Fact]
    public void An_item_whose_outcome_cannot_be_told_has_failed_and_its_neighbours_are_told()
    {
        Item[] items = [new("a"), new("b") { BreaksWhenTold = true }, new("c") { BreaksWhenPosted = true }, new("d")];

        RunInOneRound(items);

        Assert.Equal(["committed", "failed", "committed", "committed"], items.Select(i => i.Told));
        Assert.Equal(["a", "b", "c", "d"], Written());
        Assert.Equal([true, true, true, true], items.Select(i => i.IsPosted));
        Assert.True(_queue.IsIdle);
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

    private List<string> Written() =>
        _database.Read(db => db.Prepare("SELECT name FROM properties WHERE value = 'test' ORDER BY name").All(r => r.Text(0)));

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

        public bool IsPosted { get; private set; }

        public bool BreaksWhenTold { get; init; }

        public bool BreaksWhenPosted { get; init; }

        public int Runs { get; private set; }

        public override bool Run(DatabaseConnection transaction)
        {
            Runs++;
            if (ending == Ending.BrokenAtOnce)
                throw new InvalidOperationException(name);
            transaction.Prepare("INSERT INTO properties(name, value) VALUES(@name, 'test')").Set("@name", name).Execute();
            return ending == Ending.Broken ? throw new InvalidOperationException(name) : ending == Ending.Written;
        }

        public override void Committed(ICollection<IFanOutItem> output)
        {
            if (BreaksWhenTold)
                throw new InvalidOperationException(name);
            Told += "committed";
        }

        public override void Posted()
        {
            IsPosted = true;
            if (BreaksWhenPosted)
                throw new InvalidOperationException(name);
        }

        public override void Failed(Exception reason, ICollection<IFanOutItem> output) => Told += "failed";
    }

    private sealed class Noted(string name, List<string> order) : WriteItem
    {
        public override bool Run(DatabaseConnection transaction)
        {
            order.Add(name);
            return true;
        }
    }

    /// <summary>Takes its time. What is told together was written in one round.</summary>
    private sealed class Slow(TimeSpan lasts, Rounds rounds) : WriteItem
    {
        public override bool Run(DatabaseConnection transaction)
        {
            var began = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(began) >= lasts);
            rounds.IsTelling = false;
            return true;
        }

        public override void Committed(ICollection<IFanOutItem> output)
        {
            if (!rounds.IsTelling)
                rounds.Count++;
            rounds.IsTelling = true;
        }
    }

    private sealed class Rounds
    {
        public int Count { get; set; }

        public bool IsTelling { get; set; }
    }
}
