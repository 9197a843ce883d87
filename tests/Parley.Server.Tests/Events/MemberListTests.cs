using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Doors.Frames;
using Parley.Server.Events.People;
using Parley.Server.Scheduling;

namespace Parley.Server.Tests.Events;

public sealed class MemberListTests
{
    [Fact]
    public void Whoever_comes_and_goes_stands_where_a_sorted_list_has_them()
    {
        var random = new Random(5);
        var list = new SortedByName();
        var expected = new SortedDictionary<string, MemberState>(Comparer<string>.Create(MemberOrder.Compare));
        for (var i = 0; i < 20_000; i++)
        {
            var name = $"{(random.Next(2) == 0 ? 'U' : 'u')}ser_{random.Next(3_000)}";
            if (random.Next(3) == 0)
            {
                list.Remove(name);
                expected.Remove(name);
            }
            else
            {
                expected.Remove(name);
                expected[name] = new MemberState(new UserId(i), name, MemberStatus.Online);
                list.Put(new ListedMember(expected[name]));
            }
        }

        Assert.Equal(expected.Values, Enumerable.Range(0, list.Count).Select(i => list[i].Member));
        foreach (var name in expected.Keys.Append("a").Append("zz"))
        {
            Assert.Equal(expected.Keys.Count(k => MemberOrder.Compare(k, name) < 0), list.IndexOf(name));
            Assert.Equal(expected.Keys.Count(k => MemberOrder.Compare(k, name) <= 0), list.IndexAfter(name));
        }
    }

    [Fact]
    public void However_many_are_away_a_bounded_number_is_kept_and_the_list_says_where_it_goes_on()
    {
        var list = new MemberList();
        for (var i = 0; i < 5_000; i++)
            list.Put(Somebody(i, MemberStatus.Offline));
        list.Put(Somebody(4_999, MemberStatus.Online));

        var snapshot = list.Snapshot();

        Assert.Equal("user_4999", snapshot.Members[0].Member.Username);
        Assert.Equal(Enumerable.Range(0, snapshot.Members.Count - 1).Select(i => $"user_{i:0000}"), snapshot.Members.Skip(1).Select(m => m.Member.Username));
        Assert.Equal(new MemberCursor(IsAway: true, snapshot.Members[^1].Member.Username), snapshot.Next);
        Assert.InRange(snapshot.Members.Sum(m => m.Json.Length), 1, 64 * 1024);
    }

    [Fact]
    public void A_room_of_many_thousands_is_told_of_by_its_first_five_thousand_names()
    {
        var everywhere = OccupantNames.None.Union(Enumerable.Range(0, 6_000).Where(i => i % 2 == 0).Select(i => $"user_{i:0000}"));
        var inChannel = OccupantNames.None.Union(Enumerable.Range(0, 6_000).Where(i => i % 3 != 0).Select(i => $"user_{i:0000}"));
        var all = everywhere.Union(inChannel);

        var names = UserEntries.First(new OccupantNames(everywhere, inChannel), "User_0").Select(u => u.Username).ToList();

        Assert.Equal(["User_0", .. all.Take(UserEntries.Most - 1)], names);
    }

    [Fact]
    public async Task Nobodys_second_goes_before_anothers_first()
    {
        var cancel = TestContext.Current.CancellationToken;
        var gate = new FairGate<string>(1);
        var first = await gate.EnterAsync("greedy", cancel);
        var order = new List<string>();
        var waiting = new[] { "greedy", "greedy", "greedy", "modest", "late" }.Select(async key =>
        {
            var place = await gate.EnterAsync(key, cancel);
            order.Add(key);
            place.Dispose();
        }).ToList();
        using var impatient = new CancellationTokenSource();
        var givenUp = gate.EnterAsync("impatient", impatient.Token);
        await impatient.CancelAsync();

        first.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["greedy", "modest", "late", "greedy", "greedy"], order);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
        (await gate.EnterAsync("next", cancel)).Dispose();
    }

    private static MemberState Somebody(int number, string status) => new(new UserId(number + 1), $"user_{number:0000}", status);
}
