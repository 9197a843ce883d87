using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Parley.Protocol.Wire;
using Parley.Server.Limits;
using Parley.Server.Scheduling;

namespace Parley.Server.Tests.Limits;

/// <summary>Where a page is made, and when: by what its user and address have asked for lately.</summary>
public sealed class PageSchedulerTests : IDisposable
{
    private static readonly UserId Alice = new(1);
    private static readonly IPAddress Address = IPAddress.Loopback;

    private readonly CountingClock _clock = new();
    private readonly Spending _spending;
    private readonly PageScheduler _desk;

    public PageSchedulerTests()
    {
        _spending = new Spending(new ServerLimits { UserPageKib = 100, AddressPageKib = 1_000 }, _clock);
        _desk = new PageScheduler(_clock);
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Whoever_asks_for_little_has_a_page_made_at_once_where_it_is_asked_for()
    {
        var here = Environment.CurrentManagedThreadId;

        var making = _desk.MakeAsync(Alice, Purse(Alice), () => Environment.CurrentManagedThreadId, CancellationToken.None);

        Assert.True(making.IsCompleted);
        Assert.Equal(here, (await making).Page);
    }

    [Fact]
    public async Task Whoever_has_asked_for_much_has_it_made_behind_all_others()
    {
        var purse = Purse(Alice);
        purse.TookPage(400 * 1024);

        var (made, _) = await _desk.MakeAsync(Alice, purse, () => (Thread.CurrentThread.Name, Niceness()), CancellationToken.None);

        Assert.Equal(("pages", OperatingSystem.IsLinux() ? 10 : 0), made);
    }

    [Fact]
    public async Task Those_who_ask_at_once_do_not_have_more_than_each_by_itself()
    {
        const int others = 10;
        var purse = Purse(Alice);
        List<IDisposable> places = [];
        for (var i = 0; i < PageScheduler.MostLight; i++)
            places.Add((await _desk.MakeAsync(Alice, purse, () => 0, CancellationToken.None)).Slot);
        var made = 0;
        var waiting = Enumerable.Range(0, others).Select(_ => MakeAsync(Purse(Alice))).ToList();

        // Only now it is known what the first ones took, and the others' turns come.
        purse.TookPage(800 * 1024);
        foreach (var place in places)
            place.Dispose();

        await Eventually.TrueAsync(() => _clock.Waiting == others, "all of them wait until that is paid");
        Assert.Equal(0, made);
        await Eventually.TrueAsync(
            () =>
            {
                _clock.Advance(TimeSpan.FromSeconds(1));
                return waiting.All(w => w.IsCompletedSuccessfully);
            },
            "all of them have their page");

        async Task MakeAsync(Purse own)
        {
            var (_, place) = await _desk.MakeAsync(Alice, own, () => Interlocked.Increment(ref made), CancellationToken.None);
            own.TookPage(800 * 1024);
            place.Dispose();
        }
    }

    [Fact]
    public async Task What_goes_wrong_is_told_to_the_one_who_asked_and_gives_the_place_back()
    {
        var purse = Purse(Alice);
        purse.TookPage(400 * 1024);
        for (var i = 0; i < 2 * PageScheduler.MostLight; i++)
            await Assert.ThrowsAsync<InvalidDataException>(() => FailAsync().WaitAsync(Deadline.Default));

        Assert.Equal(7, (await _desk.MakeAsync(Alice, purse, () => 7, CancellationToken.None)).Page);

        async Task FailAsync() => await _desk.MakeAsync<int>(Alice, purse, () => throw new InvalidDataException(), CancellationToken.None);
    }

    private Purse Purse(UserId user)
    {
        var purse = new Purse(_spending);
        purse.EnterAddress(Address);
        purse.EnterUser(user);
        return purse;
    }

    private static int Niceness()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        var stat = File.ReadAllText("/proc/thread-self/stat");
        return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[16], CultureInfo.InvariantCulture); // proc(5): the nineteenth of all
    }

    private sealed class CountingClock : FakeTimeProvider
    {
        private int _waiting;

        public int Waiting => Volatile.Read(ref _waiting);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _waiting);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
