using Parley.UI.Features.Messages.Text;

namespace Parley.UI.Tests.Features;

public sealed class CodeBlockTests
{
    private const string Code = "var x = \"a\"; // why\n\n\treturn 12;";

    [Theory]
    [InlineData("csharp")]
    [InlineData("C#")]
    [InlineData("cs")]
    public async Task Code_gets_its_colours_and_loses_no_character(string language)
    {
        await using var ui = new UiContext();

        var block = Render(ui, language);

        block.WaitForAssertion(() => Assert.Equal("// why", block.Find(".code__comment").TextContent.Trim()), Deadline.Default);
        Assert.Equal("\"a\"", block.Find(".code__string").TextContent);
        Assert.Equal("12", block.Find(".code__number").TextContent);
        Assert.Contains("return", block.FindAll(".code__keyword").Select(word => word.TextContent.Trim()));
        Assert.Equal(Code, block.Find("code").TextContent);
    }

    [Fact]
    public async Task What_was_coloured_once_is_coloured_at_once_the_next_time()
    {
        await using var ui = new UiContext();
        var first = Render(ui, "js");
        first.WaitForState(() => first.FindAll(".code__comment").Count > 0, Deadline.Default);

        Assert.NotEmpty(Render(ui, "js").FindAll(".code__comment"));
    }

    [Theory]
    [InlineData("klingon")]
    [InlineData("markdown")]
    [InlineData("")]
    public async Task Code_in_no_language_that_we_colour_is_plain(string language)
    {
        await using var ui = new UiContext();
        var known = Render(ui, "csharp");

        var block = Render(ui, language);

        known.WaitForState(() => known.FindAll("code span").Count > 0, Deadline.Default); // One after the other: the second has had its turn, or has it now.
        Assert.Empty(block.FindAll("code span"));
        Assert.Equal(Code, block.Find("code").TextContent);
    }

    [Fact]
    public async Task Copying_says_so_until_one_goes_on()
    {
        await using var ui = new UiContext();
        ui.CopyCode.Setup<bool>("copy", Code).SetResult(true);
        var block = Render(ui, "");

        await block.Find("button").ClickAsync(new());
        Assert.Equal("Copied", block.Find("button").TextContent);
        Assert.Equal("Copied", block.Find("[role=status]").TextContent);

        await block.Find("button").BlurAsync(new());
        Assert.Equal("Copy", block.Find("button").TextContent);
    }

    private static IRenderedComponent<CodeBlock> Render(UiContext ui, string language) =>
        ui.Render<CodeBlock>(parameters => parameters.Add(block => block.Code, Code).Add(block => block.Language, language));
}
