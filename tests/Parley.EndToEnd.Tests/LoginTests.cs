using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>The first form, and every way in which it can go wrong.</summary>
public sealed class LoginTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task A_wrong_password_is_said_and_the_right_one_still_works()
    {
        await RegisterOverTheWireAsync("alice");
        var alice = await SitDownAsync("alice");

        await alice.TryAsync("Log In", "not the password");
        await Expect(alice.Alert("Invalid username or password.")).ToBeVisibleAsync();

        await alice.LogInAsync();
    }

    [Fact]
    public async Task A_taken_name_is_said_whatever_its_case()
    {
        await RegisterOverTheWireAsync("ALICE");
        var alice = await SitDownAsync("alice");

        await alice.TryAsync("Register", RawPeerVerbs.Password);

        await Expect(alice.Alert("Username already taken.")).ToBeVisibleAsync();
        await Expect(alice.Username).ToHaveValueAsync("alice");
    }

    [Fact]
    public async Task A_short_password_is_said_before_anything_is_made()
    {
        var alice = await SitDownAsync("alice");

        await alice.TryAsync("Register", "12345");

        await Expect(alice.Alert("Password must be at least 6 characters.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_said_in_words()
    {
        var alice = await SitDownAsync("alice", ["--server", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{UnusedPort()}")]);

        await alice.TryAsync("Log In", RawPeerVerbs.Password);

        await Expect(alice.Page.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("127.0.0.1");
        await Expect(alice.Button("Log In")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task Advanced_opens_host_port_and_TLS_and_they_are_used()
    {
        await using var plain = await ServerProcess.StartAsync("--no-tls");
        var alice = await SitDownAsync("alice", []);
        await Expect(alice.TextBox("Host")).ToHaveCountAsync(0);

        await alice.Button("Advanced").ClickAsync();
        var tls = alice.Page.GetByRole(Microsoft.Playwright.AriaRole.Checkbox, new() { Name = "Use TLS" });
        await Expect(tls).ToBeCheckedAsync();
        await alice.TextBox("Host").FillAsync(plain.Host);
        await alice.TextBox("Port").FillAsync(plain.Port.ToString(CultureInfo.InvariantCulture));
        await tls.UncheckAsync();

        await alice.RegisterAsync();
    }

    [Fact]
    public async Task Enter_in_the_password_logs_in()
    {
        var alice = await ComeAsync("alice");
        await alice.LogOutAsync();

        await Expect(alice.Username).ToHaveValueAsync("alice");
        await alice.Username.PressAsync("Enter"); // Not the end of the form yet.
        await Expect(alice.Password).ToBeFocusedAsync();
        await alice.Password.FillAsync(RawPeerVerbs.Password);
        await alice.Password.PressAsync("Enter");

        await Expect(alice.Composer).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Logging_out_asks_for_the_password_again()
    {
        var alice = await ComeAsync("alice");

        await alice.LogOutAsync();

        await Expect(alice.Password).ToBeVisibleAsync();
        await alice.RestartDesktopAsync();
        await Expect(alice.Password).ToBeVisibleAsync();
        await alice.LogInAsync();
    }

    private async Task RegisterOverTheWireAsync(string name)
    {
        await using var peer = await RawPeer.ConnectAsync(Server);
        await peer.RegisterAsync(name);
    }

    private static int UnusedPort()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
