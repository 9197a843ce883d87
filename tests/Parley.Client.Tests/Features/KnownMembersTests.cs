using Parley.Client.Features.Members;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Features;

public sealed class KnownMembersTests
{
    [Fact]
    public void Those_who_are_here_stand_first_and_each_is_found_by_id_and_by_name()
    {
        var members = Known("me+", "bob-", "Zoe+", "anna-");

        Assert.Equal(["me", "Zoe", "anna", "bob"], members.InOrder.Select(m => m.Username));
        Assert.Equal((4, 2), (members.Count, members.OnlineCount));
        Assert.Equal("Zoe", members.Named("ZOE")?.Username);
        Assert.Equal("bob", members.Of(new UserId(2))?.Username);
        Assert.Null(members.Of(null));
    }

    [Fact]
    public void Presence_is_put_over_what_was_known_and_brings_new_people()
    {
        var members = Known("me+", "bob-").After(new PresenceChanged([
            new MemberState(new UserId(2), "robert", MemberStatus.Idle), new MemberState(new UserId(3), "Anna", MemberStatus.Online)]));

        Assert.Equal(["Anna", "me", "robert"], members.InOrder.Select(m => m.Username));
        Assert.Null(members.Named("bob"));
        Assert.Equal(3, members.OnlineCount);
    }

    [Fact]
    public void What_is_said_again_is_the_same_object_so_that_nobody_draws_for_nothing()
    {
        var members = Known("me+", "bob-");

        Assert.Same(members, members.After(new PresenceChanged([new MemberState(new UserId(2), "bob", MemberStatus.Offline)])));
        Assert.Same(members, members.After(Ready("me+", "bob-")));
        Assert.NotSame(members, members.After(Ready("me+", "bob+")));
    }

    [Fact]
    public void Of_those_whom_a_long_list_left_out_whoever_comes_is_taken_and_who_goes_was_never_here()
    {
        var members = KnownMembers.Empty.After(Ready("me+") with { More = new ReadyMore(null, null, "a") });

        members = members.After(new PresenceChanged(
        [
            new MemberState(new UserId(7), "comes", MemberStatus.Online), new MemberState(new UserId(8), "goes", MemberStatus.Offline),
        ]));

        Assert.Equal(["comes", "me"], members.InOrder.Select(m => m.Username));
        Assert.Equal("b", members.AfterPage("a", "b").More);
        Assert.Same(members, members.AfterPage("another", "b"));
    }

    private static KnownMembers Known(params string[] names) => KnownMembers.Empty.After(Ready(names));

    // "+" is here, "-" is not.
    private static Ready Ready(params string[] names) => Given.Ready() with
    {
        Members = [.. names.Select((name, i) => new MemberState(new UserId(i + 1), name[..^1], name[^1] == '+' ? MemberStatus.Online : MemberStatus.Offline))],
    };
}
