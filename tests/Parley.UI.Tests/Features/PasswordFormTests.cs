using Parley.UI.Features.Accounts;

namespace Parley.UI.Tests.Features;

public sealed class PasswordFormTests
{
    [Theory]
    [InlineData("12345", "12345", "at least 6 characters")]
    [InlineData("battery staple", "battery stable", "don't match")]
    [InlineData("battery staple", "battery staple", "No connection")] // All is well with it, so the server is asked.
    public async Task What_is_wrong_is_said_beside_its_field(string wanted, string again, string words)
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var form = ui.Render<PasswordForm>();

        await form.FindAll("input")[0].InputAsync("correct horse");
        await form.FindAll("input")[1].InputAsync(wanted);
        await form.FindAll("input")[2].InputAsync(again);
        await form.Find("form").SubmitAsync();

        var error = form.Find(".field__note--error");
        Assert.Contains(words, error.TextContent, StringComparison.Ordinal);
        Assert.Equal(error.Id, form.Find("[aria-invalid=true]").GetAttribute("aria-describedby"));
    }

    [Fact]
    public async Task Passwords_are_never_shown_and_named_for_who_fills_them_in()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());

        var form = ui.Render<PasswordForm>();

        Assert.All(form.FindAll("input"), input => Assert.Equal("password", input.GetAttribute("type")));
        Assert.Equal(["current-password", "new-password", "new-password"], form.FindAll("input").Select(input => input.GetAttribute("autocomplete")));
    }
}
