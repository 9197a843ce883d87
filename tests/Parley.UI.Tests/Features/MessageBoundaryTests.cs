using Microsoft.AspNetCore.Components;
using Parley.UI.Features.Messages.Text;

namespace Parley.UI.Tests.Features;

public sealed class MessageBoundaryTests
{
    [Fact]
    public async Task A_message_that_makes_a_component_fail_is_shown_as_it_was_typed()
    {
        await using var ui = new UiContext();

        var row = ui.Render<MessageBoundary>(parameters => parameters.Add(b => b.Author, "bob").Add(b => b.Content, "**fatal**").AddChildContent<Failing>());

        Assert.Equal("bob **fatal**", row.Find(".message__typed").TextContent);
    }

    [Fact]
    public async Task A_message_that_could_not_be_drawn_is_tried_again_when_its_words_change()
    {
        await using var ui = new UiContext();
        var row = ui.Render<MessageBoundary>(parameters => parameters.Add(b => b.Author, "bob").Add(b => b.Content, "fatal").AddChildContent<Failing>());

        row.Render(parameters => parameters.Add(b => b.Content, "harmless").AddChildContent("<p>fine</p>"));

        Assert.Equal("fine", row.Find("p").TextContent);
        Assert.Empty(row.FindAll(".message__typed"));
    }

    private sealed class Failing : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("A component fails.");
    }
}
