using Parley.EndToEnd.Tests.Stage;

namespace Parley.EndToEnd.Tests;

/// <summary>What the person's session says of itself, over a real bus: locked, unlocked, woken.</summary>
public sealed class SessionTests(Browser browser) : EndToEndTest(browser)
{
    [Fact]
    public async Task While_the_screen_is_locked_nobody_is_there()
    {
        await using var bus = await SessionBus.StartAsync();
        var alice = await ComeByBusAsync(bus);
        await using var bob = await RawPeer.ConnectAsync(Server);
        await bob.RegisterLevel2Async("bob");

        foreach (var locked in new Func<bool, Task>[] { bus.CoverAsync, bus.AskToLockAsync, bus.HintLockedAsync })
        {
            await locked(true);
            await SeesAsync(bob, "idle");
            await locked(false);
            await SeesAsync(bob, "online");
        }

        // A lock screen that does not say that it is gone: the first touch says it.
        await bus.AskToLockAsync(true);
        await SeesAsync(bob, "idle");
        await alice.Page.Mouse.MoveAsync(300, 300);
        await SeesAsync(bob, "online");
    }

    [Fact]
    public async Task When_the_machine_wakes_the_server_is_asked_at_once()
    {
        await using var bus = await SessionBus.StartAsync();
        var alice = await ComeByBusAsync(bus);
        await using var bob = await RawPeer.ConnectAsync(Server);
        await bob.RegisterLevel2Async("bob");
        await bus.HintLockedAsync(true);
        await SeesAsync(bob, "idle"); // The desktop hears the bus.

        Server.Signal(PosixSignalNumber.Stop); // As a server that gave the connection up while the machine slept: nothing comes.
        await bus.WakeAsync();

        // By itself it would ask after 20 seconds of silence, and give up 20 seconds later.
        await Expect(alice.Page.Locator(".banner").First).ToBeVisibleAsync(new() { Timeout = 18_000 });
        Server.Signal(PosixSignalNumber.Continue);
    }

    // Alice, whose desktop hears the bus of her session.
    private async Task<Person> ComeByBusAsync(SessionBus bus)
    {
        await bus.StartLoginAsync();
        var alice = await SitDownAsync("alice", DesktopProcess.For(Server), bus: bus.Address);
        await alice.RegisterAsync();
        return alice;
    }

    private static async Task SeesAsync(RawPeer peer, string status) => await peer.CollectUntilAsync(message =>
        message.Type() == "presence" && message.Items("members").Any(member => member.Text("username") == "alice" && member.Text("status") == status));
}
