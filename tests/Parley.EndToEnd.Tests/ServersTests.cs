using System.Globalization;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>One person on two servers at once.</summary>
public sealed class ServersTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task Somebody_is_on_two_servers_at_once_and_hears_both()
    {
        await using var other = await ServerProcess.StartAsync("--no-limits");
        var (one, two) = ($"{Server.Host}:{Server.Port}", $"{other.Host}:{other.Port}");
        var alice = await ComeAsync("alice");
        await alice.SayAsync("here on the first");
        await Expect(alice.Said("here on the first")).ToBeVisibleAsync();

        await AddAsync(alice, other);

        await Expect(alice.Messages).ToHaveCountAsync(0);
        await alice.SayAsync("here on the second");
        await Expect(alice.Said("here on the second")).ToBeVisibleAsync();

        // What is said on the first is heard while the second is in view.
        await using var bob = await Server.ConnectLevel1Async("bob");
        await bob.SendAsync(new { type = "private_message", to = "alice", content = "psst" });
        await Expect(ServerOf(alice, one)).ToHaveAccessibleDescriptionAsync("alice, connected, 1 unread for you");
        await alice.Page.Keyboard.PressAsync("Control+Alt+ArrowUp");
        await Expect(alice.Said("here on the first")).ToBeVisibleAsync();
        await Person.Link(alice.DirectMessages, "bob").ClickAsync();
        await Expect(alice.Said("psst")).ToBeVisibleAsync();
        await Expect(ServerOf(alice, one)).ToHaveAccessibleDescriptionAsync("alice, connected");

        // One that is away says so, and the other one goes on.
        await other.TerminateAsync();
        await Expect(ServerOf(alice, two)).ToHaveAccessibleDescriptionAsync("alice, not connected");
        await alice.SayAsync("still here");
        await Expect(alice.Said("still here")).ToBeVisibleAsync();
        await other.RestartAsync();
        await Expect(ServerOf(alice, two)).ToHaveAccessibleDescriptionAsync("alice, connected");
    }

    [Fact]
    public async Task Servers_are_put_in_order_kept_over_a_restart_and_left()
    {
        await using var other = await ServerProcess.StartAsync("--no-limits");
        var (one, two) = ($"{Server.Host}:{Server.Port}", $"{other.Host}:{other.Port}");
        var alice = await ComeAsync("alice");
        await AddAsync(alice, other);
        await alice.SayAsync("here on the second");
        await Expect(alice.Said("here on the second")).ToBeVisibleAsync();

        await ServerOf(alice, two).DragToAsync(ServerOf(alice, one), new() { TargetPosition = new() { X = 20, Y = 4 } });
        await ExpectOrderAsync(alice, two, one);
        await ServerOf(alice, two).FocusAsync();
        await alice.Page.Keyboard.PressAsync("Control+Shift+ArrowDown");
        await ExpectOrderAsync(alice, one, two);
        await Expect(ServerOf(alice, two)).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("Control+Shift+ArrowUp");
        await ExpectOrderAsync(alice, two, one);

        await alice.RestartDesktopAsync();
        await ExpectOrderAsync(alice, two, one);
        await Expect(ServerOf(alice, one)).ToHaveAttributeAsync("aria-current", "true"); // The command line asks for it.
        await Expect(ServerOf(alice, two)).ToHaveAccessibleDescriptionAsync("alice, connected");
        await ServerOf(alice, two).ClickAsync();
        await Expect(alice.Said("here on the second")).ToBeVisibleAsync();

        // By mouse to the menu, and by keyboard through it.
        await ServerOf(alice, one).ClickAsync(new() { Button = MouseButton.Right });
        await Expect(alice.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Mark all as read" })).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("ArrowUp");
        await alice.Page.Keyboard.PressAsync("Enter");
        await alice.Dialog($"Leave {Server.Host}:{Server.Port}?").GetByRole(AriaRole.Button, new() { Name = "Leave server" }).ClickAsync();
        await ExpectOrderAsync(alice, two);
        await Expect(alice.Said("here on the second")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_server_that_one_goes_to_by_keyboard_comes_into_view()
    {
        await using var other = await ServerProcess.StartAsync("--no-limits");
        var alice = await ComeAsync("alice");
        await AddAsync(alice, other);
        await alice.Page.SetViewportSizeAsync(900, 100); // There is room for one of the two.

        foreach (var server in (ServerProcess[])[Server, other])
        {
            await alice.Page.Keyboard.PressAsync("Control+Alt+ArrowDown");

            await Expect(ServerOf(alice, $"{server.Host}:{server.Port}")).ToHaveAttributeAsync("aria-current", "true");
            await Expect(ServerOf(alice, $"{server.Host}:{server.Port}")).ToBeInViewportAsync(new() { Ratio = 1 });
        }
    }

    [Fact]
    public async Task A_server_that_was_logged_out_of_elsewhere_asks_for_the_password_and_the_other_goes_on()
    {
        await using var other = await ServerProcess.StartAsync("--no-limits");
        var alice = await ComeAsync("alice");
        await AddAsync(alice, other);

        await alice.LogOutAsync();

        await Expect(alice.Password).ToBeVisibleAsync();
        await Expect(ServerOf(alice, $"{other.Host}:{other.Port}")).ToHaveAccessibleDescriptionAsync("alice, logged out");
        await alice.Page.Keyboard.PressAsync("Control+Alt+ArrowUp");
        await alice.SayAsync("on the first");
        await Expect(alice.Said("on the first")).ToBeVisibleAsync();
        await alice.Page.Keyboard.PressAsync("Control+Alt+ArrowDown");
        await alice.LogInAsync();
        await Expect(alice.Messages).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_second_start_with_a_server_opens_the_form_for_it_or_goes_there()
    {
        await using var other = await ServerProcess.StartAsync("--no-limits");
        var alice = await ComeAsync("alice");
        await alice.Composer.FillAsync("half a thought");

        await alice.StartOnceMoreAsync(DesktopProcess.For(other));

        await Expect(alice.TextBox("Host")).ToHaveValueAsync(other.Host);
        await Expect(alice.TextBox("Port")).ToHaveValueAsync(other.Port.ToString(CultureInfo.InvariantCulture));
        await Expect(alice.Password).ToBeFocusedAsync();
        await alice.Page.Keyboard.PressAsync("Escape");
        await Expect(alice.Composer).ToHaveValueAsync("half a thought");
        await alice.StartOnceMoreAsync(DesktopProcess.For(other));
        await alice.RegisterAsync(); // Trusted by the command line: there is no question.
        await Expect(ServerOf(alice, $"{other.Host}:{other.Port}")).ToHaveAttributeAsync("aria-current", "true");

        await alice.StartOnceMoreAsync(DesktopProcess.For(Server));

        await Expect(ServerOf(alice, $"{Server.Host}:{Server.Port}")).ToHaveAttributeAsync("aria-current", "true");
        await Expect(alice.Composer).ToHaveValueAsync("half a thought");
    }

    private static ILocator Rail(Person person) => person.Page.GetByRole(AriaRole.Navigation, new() { Name = "Servers" });

    private static ILocator ServerOf(Person person, string address) => Rail(person).GetByRole(AriaRole.Button, new() { Name = address, Exact = true });

    private static async Task ExpectOrderAsync(Person person, params string[] addresses)
    {
        await Expect(Rail(person).GetByRole(AriaRole.Button)).ToHaveCountAsync(addresses.Length + 1);
        for (var i = 0; i < addresses.Length; i++)
            await Expect(Rail(person).GetByRole(AriaRole.Button).Nth(i)).ToHaveAccessibleNameAsync(addresses[i]);
    }

    private static async Task AddAsync(Person person, ServerProcess server)
    {
        await Rail(person).GetByRole(AriaRole.Button, new() { Name = "Add a server" }).ClickAsync();
        await person.TextBox("Host").FillAsync(server.Host);
        await person.TextBox("Port").FillAsync(server.Port.ToString(CultureInfo.InvariantCulture));
        await person.TryAsync("Register", RawPeerVerbs.Password);
        await person.Dialog("Unknown certificate").GetByRole(AriaRole.Button, new() { Name = "Trust" }).ClickAsync();
        await Expect(person.Composer).ToBeVisibleAsync();
        await Expect(ServerOf(person, $"{server.Host}:{server.Port}")).ToHaveAttributeAsync("aria-current", "true");
    }
}
