using Parley.Client.Connection;
using Parley.UI.Features.Accounts;
using Parley.UI.Features.Messages;
using Parley.UI.Features.Messages.Completion;
using Parley.UI.Features.OwnServer;
using Parley.UI.Features.Servers;
using Parley.UI.Shell;
using Parley.UI.State;

namespace Parley.UI.Tests.Shell;

/// <summary>A host that has nothing but a page: what it lacks is not offered.</summary>
public sealed class BareHostTests
{
    private static readonly HostCapabilities Bare = new();

    [Fact]
    public async Task The_first_screen_hosts_no_server_and_has_no_choice_of_TLS()
    {
        await using var ui = new UiContext(Bare);
        await ui.Accounts.RemoveAsync(ui.Account, CancellationToken.None);

        var root = ui.Render<Root>();
        await root.Find("button[aria-expanded]").ClickAsync(new());

        Assert.NotNull(root.Find("label:contains('Host')"));
        Assert.Empty(root.FindAll("input[type=checkbox]"));
        Assert.Empty(root.FindAll("button:contains('Host a server here')"));
    }

    [Fact]
    public async Task Asked_for_all_the_same_a_server_of_one_s_own_is_the_login_screen()
    {
        await using var ui = new UiContext(Bare);
        ui.WindowNavigation.Host();

        var root = ui.Render<Root>();

        Assert.Empty(root.FindComponents<OwnServerScreen>());
        Assert.NotNull(root.FindComponent<LoginScreen>());
    }

    [Fact]
    public async Task A_page_that_does_not_close_itself_has_no_quit()
    {
        await using var ui = new UiContext(Bare);
        ui.Hear(Given.Ready());
        var composer = ui.Render<Composer>(parameters => parameters.Add(c => c.Id, Given.General));
        var completion = ui.Render<CompletionList>(parameters => parameters.Add(list => list.Id, Given.General));

        await composer.InvokeAsync(() => ui.Session.SubmitAsync(ui.Session.PageIdOf(ui.Client, Given.General), "/help"));
        Assert.Equal("/help", composer.FindAll("dt")[^1].TextContent.Trim());
        Assert.DoesNotContain(composer.FindAll("dt"), usage => usage.TextContent.Contains("/quit", StringComparison.Ordinal));
        await composer.InvokeAsync(() => ui.Session.SubmitAsync(ui.Session.PageIdOf(ui.Client, Given.General), "/quit"));

        Assert.Contains("/quit", composer.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.IsNotType<ConnectionStatus.Offline>(ui.Client.Store.State.Connection);
        Assert.Empty(await completion.InvokeAsync(() => completion.Instance.CompleteAsync("/q")));
        Assert.DoesNotContain("Close Parley", ui.Render<ShortcutList>().Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_of_a_server_has_what_holds_for_any()
    {
        await using var ui = new UiContext(Bare);

        var menu = ui.Render<ServerMenu>(parameters => parameters.Add(m => m.Account, ui.Account));

        Assert.Equal(["Mark all as read", "Move up", "Move down", "Leave server"], menu.FindAll("[role=menuitem]").Select(item => item.TextContent.Trim()));
        Assert.Empty(ui.Render<OwnServerNotice>().Markup);
    }
}
