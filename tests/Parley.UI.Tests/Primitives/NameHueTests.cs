using Parley.UI.Primitives;

namespace Parley.UI.Tests.Primitives;

public sealed class NameHueTests
{
    [Theory]
    [InlineData("alice", "A")]
    [InlineData("Bob_the_Builder", "BT")]
    [InlineData("SeedTwo", "ST")]
    [InlineData("_x_", "X")]
    [InlineData("___", "?")]
    [InlineData("R2D2", "R")]
    public void A_name_has_one_or_two_letters(string name, string letters) => Assert.Equal(letters, NameHue.Initials(name));

    [Fact]
    public void A_name_has_one_colour_whatever_its_case() => Assert.Equal(NameHue.TextClass("alice"), NameHue.TextClass("ALICE"));
}
