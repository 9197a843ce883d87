using System.Net;
using Parley.Server.Features.Accounts;

namespace Parley.Server.Tests.Limits;

/// <summary>In which order passwords are looked at.</summary>
public sealed class HashQueueTests
{
    private readonly HashQueue _queue = new();
    private readonly List<string> _done = [];
    private readonly List<string> _refused = [];

    [Fact]
    public void A_login_waits_for_one_registration_however_many_stand_in_line()
    {
        for (var i = 0; i < 105; i++)
            Add($"registration {i}", HashPrecedence.Registration, 1, $"new_{i}");
        Work(1);

        Add("login", HashPrecedence.LogIn, 1, "alice");

        Assert.InRange(Position("login"), 1, 2);
    }

    [Fact]
    public void Registrations_go_on_whatever_the_logins_do()
    {
        Add("registration", HashPrecedence.Registration, 1, "new");
        for (var i = 0; i < 100; i++)
            Add($"login {i}", i % 2 == 0 ? HashPrecedence.LogIn : HashPrecedence.Known, i, $"user_{i}");

        Assert.InRange(Position("registration"), 1, 7);
    }

    [Fact]
    public void Whoever_is_known_waits_for_one_of_those_who_are_not()
    {
        for (var address = 1; address <= 12; address++)
        {
            for (var i = 0; i < 20; i++)
                Add($"guess {address} {i}", HashPrecedence.LogIn, address, $"victim_{i}");
        }

        Work(5);
        Add("known", HashPrecedence.Known, 99, "alice");

        Assert.InRange(Position("known"), 1, 2);
    }

    [Fact]
    public void A_newcomer_waits_for_one_of_each_address_whatever_the_names_there()
    {
        for (var address = 1; address <= 12; address++)
        {
            for (var i = 0; i < 20; i++)
                Add($"guess {address} {i}", HashPrecedence.LogIn, address, $"victim_{i}");
        }

        Work(5);
        Add("newcomer", HashPrecedence.LogIn, 99, "alice");

        Assert.InRange(Position("newcomer"), 1, 13);
    }

    [Fact]
    public void Behind_one_address_the_names_take_turns()
    {
        for (var i = 0; i < 20; i++)
            Add($"guess {i}", HashPrecedence.LogIn, 1, "victim");
        Add("neighbour", HashPrecedence.LogIn, 1, "alice");

        Assert.Equal(2, Position("neighbour"));
    }

    [Fact]
    public void A_full_line_takes_from_the_address_that_has_the_most_in_it_and_says_so()
    {
        for (var i = 0; i < 600; i++)
            Add($"flood {i}", HashPrecedence.LogIn, i % 4, $"name_{i % 7}");
        var refusedBefore = _refused.Count;
        Add("alice", HashPrecedence.LogIn, 99, "alice");

        Assert.Equal((88, 89), (refusedBefore, _refused.Count));
        Assert.InRange(Position("alice"), 1, 5);
        Work(HashQueue.MostInALine);
        Assert.Equal(HashQueue.MostInALine, _done.Count);
        Assert.Equal(601, _done.Concat(_refused).Distinct().Count());
    }

    [Fact]
    public void A_full_line_of_logins_has_room_for_who_is_known_and_for_who_registers()
    {
        for (var i = 0; i < 600; i++)
            Add($"flood {i}", HashPrecedence.LogIn, i, "alice");
        Add("known", HashPrecedence.Known, 1, "alice");
        Add("registration", HashPrecedence.Registration, 1, "alice");

        Assert.DoesNotContain("known", _refused);
        Assert.DoesNotContain("registration", _refused);
    }

    private void Add(string what, HashPrecedence precedence, int address, string name)
    {
        var job = new HashJob(
            new HashPriority(precedence, new IPAddress(address + 1), name), () => _done.Add(what), () => _refused.Add(what), CancellationToken.None);
        if (!_queue.TryAdd(job))
            job.Refuse();
    }

    private void Work(int count)
    {
        for (var i = 0; i < count && _queue.Waiting.Depth > 0 && _queue.TryTake(out var job); i++)
            job.Work();
    }

    /// <summary>How many are looked at from now on until this one is, itself included.</summary>
    private int Position(string what)
    {
        var before = _done.Count;
        Work(10_000);
        return _done.IndexOf(what) - before + 1;
    }
}
