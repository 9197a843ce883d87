using Parley.Load.Replay;
using Parley.Protocol.Rules;

namespace Parley.Load.Tests;

public class CastTests
{
    [Fact]
    public void Nicks_that_differ_only_in_case_are_one_user()
    {
        var cast = Cast.For([Line("Seveas"), Line("seveas"), Line("SEVEAS"), Line("bob2")], namedCount: 2, bridgeCount: 0);

        Assert.Equal(["Seveas", "bob2"], cast.Names);
        Assert.Equal(cast.SpeakerOf(Line("Seveas")), cast.SpeakerOf(Line("sEVEAS")));
    }

    [Fact]
    public void Names_that_collide_once_they_fit_the_rule_get_a_number()
    {
        var cast = Cast.For([Line("tj-"), Line("tj-"), Line("tj^"), Line("ng"), Line("a_nick_of_21_characters")], namedCount: 4, bridgeCount: 0);

        Assert.Equal("tj_", cast.Names[0]);
        Assert.Equal(["a_nick_of_21_charact", "ng_", "tj_", "tj__2"], cast.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_name_fits_the_user_name_rule_and_is_there_once()
    {
        var cast = Cast.For(SampleTranscript.Make(2_000, seed: 7), namedCount: 10, bridgeCount: 3);

        Assert.All(cast.Names, name => Assert.Null(UserNameRule.Check(name)));
        Assert.Equal(cast.Names.Count, cast.Names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_bridge_says_for_whom_it_speaks_and_a_nick_keeps_its_bridge()
    {
        var cast = Cast.For([Line("busy"), Line("busy"), Line("rare"), Line("RARE")], namedCount: 1, bridgeCount: 4);

        Assert.Equal("hello", cast.TextOf(Line("busy")));
        Assert.Equal("rare: hello", cast.TextOf(Line("rare")));
        Assert.Equal(cast.SpeakerOf(Line("rare")), cast.SpeakerOf(Line("RARE")));
    }

    private static TranscriptLine Line(string nick) => new(nick, IsAction: false, "hello");
}
