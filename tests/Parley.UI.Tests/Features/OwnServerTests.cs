using Parley.Client.Connection;
using Parley.UI.Features.Accounts;
using Parley.UI.Features.OwnServer;
using Parley.UI.Features.Servers;
using Parley.UI.Shell;

namespace Parley.UI.Tests.Features;

public sealed class OwnServerTests
{
    private static readonly ServerAddress Here = new("127.0.0.1", 5051);
    private static readonly Fingerprint Shown = Fingerprint.Parse(new string('A', 64)) ?? throw new InvalidOperationException();
    private static readonly OwnServerState.Running Running = new(5051, Shown, ["192.168.1.20", "10.0.0.7"]);

    [Fact]
    public async Task It_starts_shows_what_friends_need_and_is_trusted_by_what_it_printed()
    {
        await using var ui = new UiContext();
        await ui.Accounts.RemoveAsync(ui.Account, CancellationToken.None);
        var root = ui.Render<Root>();

        await root.Find("button:contains('Host a server here')").ClickAsync(new());
        Assert.Equal(1, ui.OwnServer.Starts);
        Assert.Contains("Your server is starting", root.Markup, StringComparison.Ordinal);

        ui.OwnServer.Address = Here;
        await root.InvokeAsync(() => ui.OwnServer.Become(Running));

        root.WaitForAssertion(() => root.FindComponent<LoginScreen>());
        Assert.Equal("192.168.1.20:5051 · 10.0.0.7:5051", root.Find(".invitation__address").TextContent);
        Assert.Contains(Shown.ToString(), root.Find(".invitation").TextContent, StringComparison.Ordinal);
        Assert.Contains("port 5051 (TCP)", root.Find(".invitation__note").TextContent, StringComparison.Ordinal);
        Assert.Equal(Shown, ui.Profile.PinOf(Here));
        Assert.Equal("Register", root.Find("form .button--primary").TextContent.Trim());
        Assert.DoesNotContain("Host a server here", root.Markup, StringComparison.Ordinal);
        await root.Find("button:contains('Cancel')").ClickAsync(new());
        Assert.Equal(1, ui.OwnServer.Stops);
        Assert.NotNull(root.Find("button:contains('Host a server here')"));
    }

    [Fact]
    public async Task Where_it_does_not_come_up_its_own_words_say_why()
    {
        await using var ui = new UiContext();
        ui.WindowNavigation.Host();
        var root = ui.Render<Root>();

        await root.InvokeAsync(() => ui.OwnServer.Become(new OwnServerState.Failed(OwnServerProblem.Ended, "Port 5051 is taken.")));

        root.WaitForAssertion(() => Assert.EndsWith("Port 5051 is taken.", root.Find(".own-server__text").TextContent, StringComparison.Ordinal));
        await root.Find("button:contains('Try again')").ClickAsync(new());
        Assert.Equal(2, ui.OwnServer.Starts);
        await root.InvokeAsync(() => ui.OwnServer.Become(new OwnServerState.Failed(OwnServerProblem.NoProgram, null)));
        root.WaitForAssertion(() => Assert.Contains("parley-server", root.Find(".own-server__text").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Its_menu_invites_stops_and_starts_and_leaving_it_stops_it()
    {
        await using var ui = new UiContext(Here);
        ui.OwnServer.Address = Here;
        ui.OwnServer.Become(Running);
        var rail = ui.Render<ServerRail>();

        await ChooseAsync(rail, "Invite friends");
        Assert.Contains("192.168.1.20:5051", rail.Find("dialog").TextContent, StringComparison.Ordinal);
        await rail.Find("dialog button:contains('Close')").ClickAsync(new());

        await ChooseAsync(rail, "Stop hosting");
        Assert.Equal(1, ui.OwnServer.Stops);
        await ChooseAsync(rail, "Start the server");
        Assert.Equal(1, ui.OwnServer.Starts);

        await ChooseAsync(rail, "Leave server");
        Assert.Contains("your server stops for everybody", rail.Find("dialog").TextContent, StringComparison.Ordinal);
        await rail.Find("dialog button:contains('Leave server')").ClickAsync(new());
        Assert.Equal(2, ui.OwnServer.Stops);
    }

    [Fact]
    public async Task An_address_that_a_friend_passed_on_is_read_as_it_is()
    {
        await using var ui = new UiContext();
        ui.WindowNavigation.Add();
        var screen = ui.Render<LoginScreen>();

        await screen.Find("input").InputAsync(new() { Value = "127.0.0.1:1" });
        await screen.Find("form").SubmitAsync();

        screen.WaitForAssertion(() => Assert.Equal(["127.0.0.1", "1"], screen.FindAll("input").Take(2).Select(input => input.GetAttribute("value"))));
        Assert.Empty(screen.FindAll("input[aria-invalid]"));
    }

    private static async Task ChooseAsync(IRenderedComponent<ServerRail> rail, string item)
    {
        await rail.InvokeAsync(() => rail.Instance.OpenMenu(Here.ToString()));
        await rail.Find($"[role=menuitem]:contains('{item}')").ClickAsync(new());
    }
}
