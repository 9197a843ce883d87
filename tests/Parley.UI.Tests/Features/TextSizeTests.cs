using Parley.UI.Features.Appearance;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

/// <summary>The sizes of text, and the way from one to the next.</summary>
public sealed class TextSizeTests
{
    [Theory]
    [InlineData(100, 1, 110)]
    [InlineData(100, -1, 90)]
    [InlineData(105, 1, 110)]
    [InlineData(105, -1, 100)]
    [InlineData(150, 1, 150)]
    [InlineData(80, -1, 80)]
    [InlineData(125, 0, 100)]
    public void A_step_leads_to_the_next_size_and_no_further_than_the_last(int from, int by, int to) =>
        Assert.Equal(to, TextSize.Step(new Preferences(FontPercent: from), by).FontPercent);
}
