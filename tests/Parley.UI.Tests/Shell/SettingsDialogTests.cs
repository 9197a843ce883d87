using Parley.Client.Connection;
using Parley.UI.Features.Accounts;
using Parley.UI.Shell;
using Parley.UI.State;

namespace Parley.UI.Tests.Shell;

public sealed class SettingsDialogTests
{
    [Fact]
    public async Task The_sections_stand_in_one_place_of_the_tab_order_and_show_one_at_a_time()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());

        var dialog = ui.Render<SettingsDialog>();

        Assert.Equal(["My account", "Appearance", "Notifications", "Keyboard shortcuts", "About"], dialog.FindAll("[role=tab]").Select(tab => tab.TextContent));
        Assert.Equal("My account", Assert.Single(dialog.FindAll("[role=tab][tabindex='0']")).TextContent);
        dialog.FindComponent<AccountSettings>();

        await dialog.Find("[role=tab]:contains('Keyboard')").ClickAsync(new());

        Assert.Equal("Keyboard shortcuts", Assert.Single(dialog.FindAll("[role=tab][tabindex='0'][aria-selected=true]")).TextContent);
        Assert.Contains("Ctrl", dialog.Find("[role=tabpanel]").TextContent, StringComparison.Ordinal);
        Assert.Empty(dialog.FindComponents<AccountSettings>());
    }

    [Fact]
    public async Task What_is_chosen_is_kept_at_once()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        var dialog = ui.Render<SettingsDialog>();
        await dialog.Find("[role=tab]:contains('Appearance')").ClickAsync(new());

        await dialog.FindAll("select")[0].ChangeAsync(new() { Value = "1" });

        Assert.Equal(ThemeChoice.Light, ui.Profile.Preferences.Theme);
    }

    [Fact]
    public async Task About_says_which_server_this_is()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Change(state => state with { Connection = new ConnectionStatus.Connected("parley-server 9.9.9") });
        var dialog = ui.Render<SettingsDialog>();

        await dialog.Find("[role=tab]:contains('About')").ClickAsync(new());

        var about = dialog.Find("[role=tabpanel]").TextContent;
        Assert.Contains("parley-server 9.9.9", about, StringComparison.Ordinal);
        Assert.Contains("chat.example.org:5050", about, StringComparison.Ordinal);
    }
}
