using Parley.UI.Features.Messages;

namespace Parley.UI.Tests.Features;

public sealed class ComposerTests
{
    [Fact]
    public async Task What_is_said_stands_at_once_as_on_its_way()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var composer = Render(ui);

        var back = await composer.InvokeAsync(() => ui.Session.SubmitAsync(Room(ui), "Hello"));

        Assert.Null(back);
        Assert.Equal("Hello", Assert.Single(ui.Client.Store.State.PendingOf(Given.General)).Content);
    }

    [Theory]
    [InlineData("/nonsense")]
    [InlineData("/me")]
    [InlineData("/msg bob")]
    public async Task A_command_that_cannot_be_carried_out_says_so_gives_the_text_back_and_sends_nothing(string text)
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var composer = Render(ui);

        var back = await composer.InvokeAsync(() => ui.Session.SubmitAsync(Room(ui), text));

        Assert.Equal(text, back);
        Assert.NotNull(composer.Find("[role=status]"));
        Assert.Empty(ui.Client.Store.State.PendingOf(Given.General));
    }

    [Fact]
    public async Task A_first_private_message_without_a_connection_goes_back_into_the_box()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready()); // And never a connection: the conversation cannot be made.
        var composer = Render(ui);

        var back = await composer.InvokeAsync(() => ui.Session.SubmitAsync(Room(ui), "/msg carol psst"));

        Assert.Equal("/msg carol psst", back);
        Assert.Equal("/msg carol psst", ui.Drafts.Of(ui.Client, Given.General));
        Assert.Contains("No connection", composer.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_is_too_long_goes_back_into_the_box()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var composer = Render(ui);

        var back = await composer.InvokeAsync(() => ui.Session.SubmitAsync(Room(ui), new string('x', 2_001)));

        Assert.NotNull(back);
        Assert.Contains("at most 2000", composer.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Near_the_limit_the_characters_that_are_left_are_counted()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var composer = Render(ui);
        Assert.Empty(composer.FindAll(".composer__count"));

        await composer.InvokeAsync(() => ui.Session.Change(Room(ui), string.Concat(Enumerable.Repeat("😀", 1_990))));

        Assert.Contains("10 characters left", composer.Find(".composer__count").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_lists_every_command()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var composer = Render(ui);

        await composer.InvokeAsync(() => ui.Session.SubmitAsync(Room(ui), "/help"));

        Assert.Equal(
            ["/me TEXT", "/msg NAME TEXT", "/shrug TEXT", "/tableflip TEXT", "s/OLD/NEW/", "/quit", "/help"],
            composer.FindAll("dt").Select(usage => usage.TextContent.Trim()));
    }

    [Fact]
    public async Task Quit_closes_the_window()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var composer = Render(ui);

        await composer.InvokeAsync(() => ui.Session.SubmitAsync(Room(ui), "/quit"));

        Assert.Equal(1, ui.Window.Closings);
    }

    [Fact]
    public async Task Half_typed_text_is_kept_for_its_conversation()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var composer = Render(ui);

        await composer.InvokeAsync(() => ui.Session.Change(Room(ui), "half a thou"));

        ui.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("half a thou", Assert.Single(ui.Profile.Drafts).Value);
        Assert.Equal("half a thou", ui.Drafts.Of(ui.Client, Given.General));
        Assert.Equal("", ui.Drafts.Of(ui.Client, Given.Music));
    }

    [Fact]
    public async Task What_is_typed_and_sent_goes_to_the_room_that_it_names_whatever_is_in_view()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var composer = Render(ui);
        composer.Render(parameters => parameters.Add(c => c.Id, Given.Music).Add(c => c.Name, "#music"));

        await composer.InvokeAsync(() => ui.Session.Change(Room(ui), "half"));
        Assert.Null(await composer.InvokeAsync(() => ui.Session.SubmitAsync(Room(ui), "said")));

        Assert.Equal("half", ui.Drafts.Of(ui.Client, Given.General));
        Assert.Equal("said", Assert.Single(ui.Client.Store.State.PendingOf(Given.General)).Content);
        Assert.Empty(ui.Client.Store.State.PendingOf(Given.Music));
    }

    [Fact]
    public async Task The_box_stays_and_writes_to_the_room_that_comes_into_view()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Drafts.Save(ui.Client, Given.Music, "a tune");
        var composer = Render(ui);
        var box = composer.Find("textarea");

        composer.Render(parameters => parameters.Add(c => c.Id, Given.Music).Add(c => c.Name, "#music"));

        Assert.Equal("Message #music", composer.Find("textarea").GetAttribute("aria-label"));
        Assert.Same(box.Owner, composer.Find("textarea").Owner);
        Assert.Equal(ui.Session.PageIdOf(ui.Client, Given.Music), composer.Find("form").GetAttribute("data-room"));
        Assert.Equal("a tune", composer.Find("form").GetAttribute("data-draft"));
    }

    private static string Room(UiContext ui) => ui.Session.PageIdOf(ui.Client, Given.General);

    private static IRenderedComponent<Composer> Render(UiContext ui) =>
        ui.Render<Composer>(parameters => parameters.Add(composer => composer.Id, Given.General).Add(composer => composer.Name, "#general"));
}
