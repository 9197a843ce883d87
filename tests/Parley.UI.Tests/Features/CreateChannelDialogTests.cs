using Parley.UI.Features.Channels;

namespace Parley.UI.Tests.Features;

public sealed class CreateChannelDialogTests
{
    [Theory]
    [InlineData("Off Topic!", "It will be called #off-topic.")]
    [InlineData("C# & .NET", "It will be called #c-net.")]
    [InlineData("music", "2 to 30 characters")]
    [InlineData("Music", "2 to 30 characters")] // The case of letters needs no word.
    [InlineData("日本", "2 to 30 characters")]
    public async Task What_people_type_becomes_a_name_that_fits(string typed, string hint)
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var dialog = ui.Render<CreateChannelDialog>();

        await dialog.FindAll("input")[0].InputAsync(typed);

        Assert.StartsWith(hint, dialog.Find(".field__note").TextContent, StringComparison.Ordinal);
    }
}
