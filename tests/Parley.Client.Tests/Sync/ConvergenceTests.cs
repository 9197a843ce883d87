using Parley.Client.Features.Messages;
using Parley.Protocol.Features;

namespace Parley.Client.Tests.Sync;

/// <summary>
/// Convergence: after each command, the state of a client that followed the events is the state of a client that connects now. Each test is about the part of
/// the state that its name says; those about changes of messages are in <see cref="ChangesConvergeTests"/>.
/// </summary>
public sealed class ConvergenceTests(UnlimitedServer server) : IClassFixture<UnlimitedServer>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Messages_and_actions()
    {
        await using var alice = await server.RegisterAsync();
        await using var bob = await server.RegisterAsync();

        await alice.SayAndSeeAsync(alice.General, "Hello 👋", "two\nlines");
        await alice.SayAsync(alice.General, "waves", MessageKind.Action);

        await ConvergesAsync(alice);
        await ConvergesAsync(bob);
    }

    [Fact]
    public async Task A_new_channel_and_its_messages()
    {
        await using var alice = await server.RegisterAsync();
        await using var bob = await server.RegisterAsync();

        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await alice.SayAndSeeAsync(room, "first");

        await ConvergesAsync(alice);
        await ConvergesAsync(bob);
    }

    [Fact]
    public async Task Conversations()
    {
        await using var alice = await server.RegisterAsync();
        await using var bob = await server.RegisterAsync();
        await using var carol = await server.RegisterAsync();
        await alice.SeesAsync(_ => alice.Client.Members.Now.InOrder.Any(m => m.Username == carol.State.User!.Username), "carol");

        var withBob = await alice.Client.SayPrivatelyAsync(bob.State.User!.Username, "psst", Cancel);
        var withCarol = await alice.Client.OpenConversationAsync(carol.State.User!.Username, Cancel);
        await carol.SeesAsync(s => s.Conversations.Length == 1, "the conversation");
        await carol.SayAndSeeAsync(withCarol.Value, "me, too");
        await alice.SayAndSeeAsync(withBob.Value, "and again");

        await ConvergesAsync(alice);
        await ConvergesAsync(bob);
        await ConvergesAsync(carol);
    }

    [Fact]
    public async Task Read_positions()
    {
        await using var alice = await server.RegisterAsync();
        await using var bob = await server.RegisterAsync();
        await using var bobsPhone = await bob.AnotherWindowAsync();
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        await alice.SayAndSeeAsync(room, "1", "2", "3", "4");
        await bob.SeesAsync(s => s.ReadPositionOf(room).Unread == 4, "4 unread");

        bob.Client.MarkRead(room, 3);

        await bobsPhone.SeesAsync(s => s.ReadPositionOf(room) is { Number: 3, Unread: 1 }, "1 unread");
        await ConvergesAsync(bob);
        await ConvergesAsync(bobsPhone);
    }

    [Fact]
    public async Task Mentions()
    {
        await using var alice = await server.RegisterAsync();
        await using var bob = await server.RegisterAsync();
        await using var bobsPhone = await bob.AnotherWindowAsync();
        var (room, bobsName) = (await alice.CreateChannelAsync(server.NewChannelName()), bob.State.User!.Username);
        await alice.SayAndSeeAsync(room, $"@{bobsName}, one", "two", $"three, @{bobsName.ToUpperInvariant()}", "four");
        await bob.SeesAsync(s => s.ReadPositionOf(room) is { Unread: 4, Mentions: 2 }, "4 unread, 2 mentions");
        Assert.True(bob.State.LogOf(room).At(3)!.Mentions?.Contains(bob.State.User!.Id));
        await ConvergesAsync(bob);

        bob.Client.MarkRead(room, 2);

        await bobsPhone.SeesAsync(s => s.ReadPositionOf(room) is { Number: 2, Unread: 2, Mentions: 1 }, "2 unread, 1 mention");
        await ConvergesAsync(bob);
        await ConvergesAsync(bobsPhone);
    }

    [Fact]
    public async Task Members_that_come_and_go()
    {
        await using var alice = await server.RegisterAsync();
        await using (var bob = await server.RegisterAsync())
        {
            await alice.SeesAsync(_ => alice.Client.Members.Now.InOrder.Any(m => m.Username == bob.State.User!.Username && m.IsOnline), "bob come");
            await ConvergesAsync(alice);
        }

        await ConvergesAsync(alice);
    }

    [Fact]
    public async Task A_chosen_status()
    {
        await using var alice = await server.RegisterAsync();
        await using var bob = await server.RegisterAsync();

        Assert.Null(await bob.Client.SetStatusAsync(MemberStatus.DoNotDisturb, "Writing an exam 👋", Cancel));

        await alice.SeesAsync(_ => alice.Client.Members.Now.InOrder.Any(m => m.Username == bob.State.User!.Username && m is { Status: MemberStatus.DoNotDisturb, Text: "Writing an exam 👋" }), "bob's status");
        await ConvergesAsync(alice);
        await ConvergesAsync(bob);
    }

    [Fact]
    public async Task An_idle_status_over_a_reconnection()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync();
        await using var bob = await server.RegisterAsync(through: wire.Address);

        bob.Client.SetIdle(true);
        await alice.SeesAsync(_ => StatusOf(alice, bob) == MemberStatus.Idle, "bob idle");
        await ConvergesAsync(alice);

        // A new connection counts as touched until the client says otherwise, which it does by itself.
        wire.TakeDown();
        await alice.SeesAsync(_ => StatusOf(alice, bob) == MemberStatus.Offline, "bob gone");
        wire.Restore();
        await bob.SeesImpatientlyAsync(s => s.Connection is Parley.Client.Connection.ConnectionStatus.Connected, "the return");
        await alice.SeesAsync(_ => StatusOf(alice, bob) == MemberStatus.Idle, "bob idle again");
        bob.Client.SetIdle(false);

        await alice.SeesAsync(_ => StatusOf(alice, bob) == MemberStatus.Online, "bob back");
        await ConvergesAsync(bob);
    }

    [Fact]
    public async Task Everything_missed_during_a_break()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync(through: wire.Address);
        await using var bob = await server.RegisterAsync();
        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not Parley.Client.Connection.ConnectionStatus.Connected, "the break");

        var room = await bob.CreateChannelAsync(server.NewChannelName());
        await bob.SayAndSeeAsync(room, "in your absence");
        await bob.Client.SayPrivatelyAsync(alice.State.User!.Username, "and in private", Cancel);
        await bob.SayAndSeeAsync(bob.General, "and in general");
        wire.Restore();
        alice.Client.RetryNow();

        await ConvergesAsync(alice);
    }

    private static string? StatusOf(TestClient viewer, TestClient who) => viewer.Client.Members.Now.Named(who.State.User!.Username)?.Status;

    // Presence comes within a second, and the rest when it comes: what counts is where it ends.
    private static async Task ConvergesAsync(TestClient client)
    {
        await using var fresh = await client.AnotherWindowAsync(client.Client.Server);
        foreach (var id in fresh.State.Logs.Keys)
        {
            await client.LoadAllAsync(id);
            await fresh.LoadAllAsync(id);
        }

        await Eventually.TrueAsync(
            () => client.State.Outbox.IsEmpty && StateText.WithLogs(client.State) == StateText.WithLogs(fresh.State)
                && StateText.Of(client.Client.Members.Now) == StateText.Of(fresh.Client.Members.Now),
            $"convergence of\n{StateText.WithLogs(client.State)}\nand, afresh,\n{StateText.WithLogs(fresh.State)}");
    }
}
