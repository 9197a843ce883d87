using Parley.UI.Search;

namespace Parley.UI.Tests.Search;

public sealed class FuzzyMatchTests
{
    [Fact]
    public void The_closer_a_name_is_to_what_was_typed_the_higher_it_stands()
    {
        string[] names = ["gen", "general", "old-gen", "oxygen", "green-tea-n", "music"];

        var found = names.Select(name => (name, score: FuzzyMatch.Score("GEN", name))).Where(found => found.score is not null)
            .OrderByDescending(found => found.score);

        Assert.Equal(["gen", "general", "old-gen", "oxygen", "green-tea-n"], found.Select(found => found.name));
    }
}
