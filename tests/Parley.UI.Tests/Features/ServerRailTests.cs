using Parley.Client;
using Parley.Client.Connection;
using Parley.Client.Features.ReadState;
using Parley.Client.State;
using Parley.UI.Features.Accounts;
using Parley.UI.Features.Servers;
using Parley.UI.Shell;

namespace Parley.UI.Tests.Features;

public sealed class ServerRailTests
{
    private static readonly ServerAddress Lan = new("192.168.1.20", 5050);

    [Fact]
    public async Task Each_server_is_one_button_and_the_one_in_view_is_marked_and_the_place_of_the_tab_order()
    {
        await using var ui = new UiContext(Lan);

        var rail = ui.Render<ServerRail>();

        Assert.Equal(["chat.example.org:5050", "192.168.1.20:5050", "Add a server"], rail.FindAll("nav[aria-label=Servers] button").Select(
            button => button.GetAttribute("aria-label")));
        Assert.Equal(["CE", "20"], rail.FindAll(".server__face").Select(face => face.GetAttribute("data-initials")));
        Assert.Equal("chat.example.org:5050", Assert.Single(rail.FindAll("[aria-current=true]")).GetAttribute("aria-label"));
        Assert.Equal("chat.example.org:5050", Assert.Single(rail.FindAll("[tabindex='0']")).GetAttribute("aria-label"));
        Assert.Equal("logged out", Description(rail, 1));
    }

    [Fact]
    public async Task A_click_brings_a_server_into_view_and_the_last_button_the_form_for_another()
    {
        await using var ui = new UiContext(Lan);
        var rail = ui.Render<ServerRail>();

        await rail.FindAll("[data-server]")[1].ClickAsync(new());

        Assert.Equal(Lan, ui.WindowNavigation.Account?.Server);
        Assert.Equal("192.168.1.20:5050", Assert.Single(rail.FindAll("[aria-current=true]")).GetAttribute("aria-label"));
        await rail.Find("[aria-label='Add a server']").ClickAsync(new());
        Assert.True(ui.WindowNavigation.IsAdding);
        Assert.Equal("Add a server", Assert.Single(rail.FindAll("[aria-current=true]")).GetAttribute("aria-label"));
    }

    [Fact]
    public async Task What_is_unread_is_a_dot_and_what_is_for_this_person_a_count()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Change(state => state with { Connection = new ConnectionStatus.Connected("server") });
        var rail = ui.Render<ServerRail>();
        Assert.Empty(rail.FindAll(".server--unread"));
        Assert.EndsWith("connected", Description(rail, 0), StringComparison.Ordinal);

        ui.Hear(Given.Live(1));
        rail.WaitForAssertion(() => Assert.EndsWith("unread messages", Description(rail, 0), StringComparison.Ordinal));
        Assert.Single(rail.FindAll(".server--unread"));
        Assert.Empty(rail.FindAll(".server__count"));

        ui.Hear(Given.Live(1, channel: Given.WithBob), Given.Live(2, channel: Given.WithBob));
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        rail.WaitForAssertion(() => Assert.Equal("2", rail.Find(".server__count").TextContent));
        Assert.EndsWith("2 unread for you", Description(rail, 0), StringComparison.Ordinal);

        ui.Change(state => state with { ReadPositions = state.ReadPositions.SetItem(Given.General, new ReadPosition(0, 5, Mentions: 1)) });
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        rail.WaitForAssertion(() => Assert.Equal("3", rail.Find(".server__count").TextContent));
    }

    [Fact]
    public async Task A_lost_connection_has_a_sign_of_its_own()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready());
        ui.Change(state => state with { Connection = new ConnectionStatus.Connected("server") });
        var rail = ui.Render<ServerRail>();
        Assert.Empty(rail.FindAll(".server__away"));

        ui.Change(state => state with { Connection = new ConnectionStatus.Reconnecting(ui.Time.GetUtcNow().AddSeconds(8), "The connection was lost.") });

        rail.WaitForAssertion(() => Assert.EndsWith("not connected", Description(rail, 0), StringComparison.Ordinal));
        Assert.Single(rail.FindAll(".server__away"));

        ui.Change(state => state with { Connection = new ConnectionStatus.Connecting() }); // Only a try: nothing flickers.
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.EndsWith("not connected", Description(rail, 0), StringComparison.Ordinal);
        ui.Change(state => state with { Connection = new ConnectionStatus.Connected("server") });
        ui.Time.Advance(TimeSpan.FromSeconds(1));
        rail.WaitForAssertion(() => Assert.Empty(rail.FindAll(".server__away")));
    }

    [Fact]
    public async Task The_keyboard_goes_round_and_moves_servers()
    {
        await using var ui = new UiContext(Lan);
        var rail = ui.Render<ServerRail>();

        await rail.InvokeAsync(() => rail.Instance.Step(-1));
        Assert.Equal(Lan, ui.WindowNavigation.Account?.Server);
        await rail.InvokeAsync(() => rail.Instance.Step(1));
        Assert.Equal(ui.Client.Server, ui.WindowNavigation.Account?.Server);

        await rail.InvokeAsync(() => rail.Instance.MoveBy("192.168.1.20:5050", -1));

        Assert.Equal([Lan, ui.Client.Server], ui.Profile.Servers);
        Assert.Equal("192.168.1.20:5050 is now server 1 of 2.", rail.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task A_server_is_left_when_the_question_is_answered()
    {
        await using var ui = new UiContext(Lan);
        var rail = ui.Render<ServerRail>();
        await rail.InvokeAsync(() => rail.Instance.OpenMenu("192.168.1.20:5050"));
        Assert.Equal(["Move up", "Move down", "Leave server"], rail.FindAll("[role=menu] [role=menuitem]").Select(item => item.TextContent.Trim()));
        Assert.NotNull(rail.Find("[role=menuitem]:contains('Move down')").GetAttribute("disabled"));

        await rail.Find("[role=menuitem]:contains('Leave server')").ClickAsync(new());
        Assert.Equal("Leave 192.168.1.20:5050?", rail.Find("dialog h2").TextContent);
        await rail.Find("dialog button:contains('Cancel')").ClickAsync(new());
        Assert.Equal([ui.Client.Server, Lan], ui.Profile.Servers);
        Assert.Empty(rail.FindAll("dialog"));

        await rail.InvokeAsync(() => rail.Instance.OpenMenu("192.168.1.20:5050"));
        await rail.Find("[role=menuitem]:contains('Leave server')").ClickAsync(new());
        await rail.Find("dialog button:contains('Leave server')").ClickAsync(new());

        Assert.Equal([ui.Client.Server], ui.Profile.Servers);
        Assert.Single(rail.FindAll("[data-server]"));
    }

    [Fact]
    public async Task Beside_other_servers_the_form_asks_for_the_address_first_and_has_a_way_back()
    {
        await using var ui = new UiContext();
        ui.WindowNavigation.Add();

        var screen = ui.Render<LoginScreen>();

        Assert.Equal(["Host", "Port", "Username", "Password"], screen.FindAll("label.field__label").Select(label => label.TextContent));
        Assert.Equal("", screen.Find("input").GetAttribute("value"));
        await screen.Find("form").SubmitAsync();
        Assert.Single(screen.FindAll("input[aria-invalid]"));
        await screen.Find("button:contains('Cancel')").ClickAsync(new());
        Assert.False(ui.WindowNavigation.IsAdding);
    }

    [Fact]
    public async Task A_session_that_ended_shows_the_form_of_its_server_alone()
    {
        await using var ui = new UiContext(Lan);
        var lan = new ChatClient(Lan, NativeClientOptions.Create());
        ui.Accounts.All[1].ReplaceClient(lan, notice: null);
        var root = ui.Render<Root>();

        lan.Store.Update(state => state with { Connection = new ConnectionStatus.Offline(OfflineReason.LoggedOut, "You were logged out elsewhere.") });

        root.WaitForAssertion(() => Assert.Equal("logged out", Description(root, 1)));
        Assert.Empty(root.FindComponents<LoginScreen>());
        await root.InvokeAsync(() => ui.WindowNavigation.Show(ui.Accounts.All[1]));
        root.WaitForAssertion(() => Assert.Equal("You were logged out elsewhere.", root.Find(".login__problem").TextContent));
        Assert.Contains("192.168.1.20:5050", root.Find(".login__lead").TextContent, StringComparison.Ordinal);
        Assert.NotNull(ui.Account.Client);
    }

    [Fact]
    public async Task The_quick_switcher_goes_to_servers_and_to_what_is_on_them()
    {
        await using var ui = new UiContext(Lan);
        ui.Hear(Given.Ready());
        var lan = new ChatClient(Lan, NativeClientOptions.Create());
        ui.Accounts.All[1].ReplaceClient(lan, notice: null);
        lan.Store.Update(state => Reducer.Apply(state, Given.Ready()));
        var switcher = ui.Render<QuickSwitcher>(parameters => parameters.Add(s => s.OnClose, () => { }));

        await switcher.Find("input").InputAsync(new() { Value = "music" });
        Assert.Equal(
            ["", "192.168.1.20:5050"], switcher.FindAll("[role=option]").Select(option => option.QuerySelector(".switcher__where")?.TextContent ?? ""));
        await switcher.FindAll("[role=option]")[1].ClickAsync(new());

        Assert.Equal(Lan, ui.WindowNavigation.Account?.Server);
        Assert.Equal(Given.Music, ui.WindowNavigation.Of(lan).Selected);
        Assert.Null(ui.Ui.Selected);
        await switcher.Find("input").InputAsync(new() { Value = "192" });
        Assert.Equal("192.168.1.20:5050", switcher.Find("[role=option] .switcher__name").TextContent);
    }

    [Fact]
    public async Task A_server_with_a_name_is_shown_by_it_everywhere_and_its_address_stays_to_be_seen()
    {
        await using var ui = new UiContext(Lan);
        ui.Hear(Given.Ready() with { Name = "Our place" });

        var rail = ui.Render<ServerRail>();
        var header = ui.Render<ServerHeader>();

        Assert.Equal(["Our place", "192.168.1.20:5050"], rail.FindAll("[data-server]").Select(button => button.GetAttribute("aria-label")));
        Assert.Equal(["OP", "20"], rail.FindAll(".server__face").Select(face => face.GetAttribute("data-initials")));
        Assert.StartsWith("Our place\nchat.example.org:5050\n", rail.Find("[data-server]").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Equal("Our place", header.Find(".server-header__name").TextContent);
        Assert.Equal("Our place\nchat.example.org:5050", header.Find("button").GetAttribute("title"));
        ui.Account.ReplaceClient(client: null, notice: null);
        Assert.Contains(
            "Log in to Our place.", ui.Render<LoginScreen>(parameters => parameters.Add(s => s.Account, ui.Account)).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_lost_its_name_is_its_address_again()
    {
        await using var ui = new UiContext();
        ui.Hear(Given.Ready() with { Name = "Our place" });
        var header = ui.Render<ServerHeader>();

        ui.Hear(Given.Ready());
        ui.Time.Advance(TimeSpan.FromSeconds(1));

        header.WaitForAssertion(() => Assert.Equal("chat.example.org:5050", header.Find(".server-header__name").TextContent));
        Assert.Null(ui.Profile.ServerNameOf(ui.Client.Server));
    }

    [Theory]
    [InlineData("Our place", "OP")]
    [InlineData("parley", "P")]
    [InlineData("  the  big one ", "TB")]
    [InlineData("🦉 owls", "🦉O")]
    public void A_name_has_the_letters_of_its_words(string name, string letters) => Assert.Equal(letters, ServerInitials.OfName(name));

    [Theory]
    [InlineData("chat.example.org", "CE")]
    [InlineData("example.org", "E")]
    [InlineData("192.168.1.20", "20")]
    [InlineData("localhost", "50")]
    [InlineData("127.0.0.1", "50")]
    [InlineData("127.0.0.1", "07", 40_107)]
    [InlineData("::1", "51", 5051)]
    [InlineData("2001:db8::ab", "AB")]
    [InlineData("fe80::", "FE80")]
    public void A_server_has_letters_of_its_own(string host, string letters, int port = 5050) =>
        Assert.Equal(letters, ServerInitials.Of(new ServerAddress(host, port)));

    private static string Description<T>(IRenderedComponent<T> rendered, int at)
        where T : Microsoft.AspNetCore.Components.IComponent =>
        rendered.Find($"#{rendered.FindAll("[data-server]")[at].GetAttribute("aria-describedby")}").TextContent;
}
