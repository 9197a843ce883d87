using System.Net.Sockets;
using Microsoft.Playwright;
using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>
/// "Host a server here": a real server as a child of the real desktop. All such tests are here, one after the other: a server that comes back wants its port.
/// </summary>
public sealed class OwnServerTests(Browser browser)
{
    [Fact]
    public async Task A_person_hosts_a_server_friends_come_and_it_lives_and_ends_with_the_desktop()
    {
        await using var alice = await Person.SitDownAsync(browser, "alice", []);

        await alice.Button("Host a server here").ClickAsync();
        await Expect(Invitation(alice)).ToContainTextAsync("SHA-256");
        await alice.RegisterAsync();
        await alice.SayAsync("welcome");
        await Expect(alice.Said("welcome")).ToBeVisibleAsync();
        var port = await PortAsync(alice);
        await using (var bob = await RawPeer.ConnectTlsAsync("127.0.0.1", port))
        {
            await bob.RegisterAsync("bob");
            await bob.SendAsync(new { type = "message", content = "hello" });
            await Expect(alice.Said("hello")).ToBeVisibleAsync();
        }

        // Killed, the desktop takes its server along; the next start brings both back.
        await alice.RestartDesktopAsync(PosixSignalNumber.Kill);
        await Expect(alice.Said("hello")).ToBeVisibleAsync();
        await Expect(OwnServer(alice, port)).ToHaveAccessibleDescriptionAsync("alice, connected");
        Assert.Equal(port, await PortAsync(alice));

        await OwnServer(alice, port).ClickAsync(new() { Button = MouseButton.Right });
        await alice.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Stop hosting" }).ClickAsync();
        await Expect(OwnServer(alice, port)).ToHaveAccessibleDescriptionAsync("alice, not connected");
        await alice.Button("Start the server").ClickAsync();
        await Expect(OwnServer(alice, port)).ToHaveAccessibleDescriptionAsync("alice, connected");

        alice.ExpectPageToLoseItsDesktop();
        alice.Desktop.Process.Signal(PosixSignalNumber.Terminate);
        await alice.Desktop.Process.WaitForExitAsync();
        await Assert.ThrowsAsync<SocketException>(() => RawPeer.ConnectAsync("127.0.0.1", port));
    }

    [Fact]
    public async Task Two_who_host_at_the_same_moment_have_a_port_each()
    {
        await using var alice = await Person.SitDownAsync(browser, "alice", []);
        await using var bob = await Person.SitDownAsync(browser, "bob", []);

        await Task.WhenAll(alice.Button("Host a server here").ClickAsync(), bob.Button("Host a server here").ClickAsync());
        foreach (var person in (Person[])[alice, bob])
        {
            await Expect(Invitation(person)).ToBeVisibleAsync();
            await person.RegisterAsync();
        }

        Assert.NotEqual(await PortAsync(alice), await PortAsync(bob));
    }

    [Fact]
    public async Task Its_start_is_free_of_findings()
    {
        await using var alice = await Person.SitDownAsync(browser, "alice", [], 900, 600, bypassPolicy: true);

        await alice.Button("Host a server here").ClickAsync();
        await Expect(Invitation(alice)).ToBeVisibleAsync();

        await Expect(alice.Button("Cancel")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Axe.FindNothingAsync(alice.Page);
    }

    private static ILocator Invitation(Person person) => person.Page.GetByRole(AriaRole.Region, new() { Name = "Invitation" });

    private static ILocator OwnServer(Person person, int port) =>
        person.Page.GetByRole(AriaRole.Navigation, new() { Name = "Servers" }).GetByRole(AriaRole.Button, new() { Name = $"127.0.0.1:{port}", Exact = true });

    private static async Task<int> PortAsync(Person person)
    {
        var server = person.Page.GetByRole(AriaRole.Navigation, new() { Name = "Servers" }).GetByRole(AriaRole.Button).First;
        return int.Parse((await server.GetAttributeAsync("aria-label") ?? "").Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
