using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Sync;

public sealed class OutboxTests(LimitedServer server) : IClassFixture<LimitedServer>
{
    private static readonly ChannelId General = new(1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_stands_at_once_and_goes_out_when_there_is_a_connection()
    {
        await using var wire = new CuttingProxy(server.Address);
        await using var alice = await server.RegisterAsync(through: wire.Address);
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        wire.TakeDown();
        await alice.SeesAsync(s => s.Connection is not ConnectionStatus.Connected, "the break");

        await alice.SayAsync(room, "written in the dark");
        Assert.Equal(PendingState.Sending, Assert.Single(alice.State.PendingOf(room)).State);
        wire.Restore();
        alice.Client.RetryNow();

        await alice.SaidIsAsync(room, "written in the dark");
        Assert.Empty(alice.State.Outbox);
    }

    [Fact]
    public async Task More_than_the_server_takes_in_a_second_goes_out_in_order_all_the_same()
    {
        await using var alice = await server.RegisterAsync();
        var room = await alice.CreateChannelAsync(server.NewChannelName());
        var words = Enumerable.Range(1, 12).Select(i => $"line {i}").ToArray();

        foreach (var word in words)
            await alice.SayAsync(room, word);

        await alice.SaidIsAsync(room, words);
        Assert.Empty(alice.State.Outbox);
    }

    [Fact]
    public async Task What_breaks_a_rule_is_refused_before_it_is_sent()
    {
        await using var alice = await server.RegisterAsync();

        var blank = await alice.Client.SayAsync(alice.General, MessageKind.Message, " \n ", Cancel);
        var tooLong = await alice.Client.SayAsync(alice.General, MessageKind.Message, new string('x', 2_001), Cancel);

        Assert.Equal("Message cannot be empty.", blank.Refusal?.Message);
        Assert.Equal("Message must be at most 2000 characters.", tooLong.Refusal?.Message);
        Assert.Empty(alice.State.Outbox);
    }

    [Fact]
    public async Task What_the_server_refuses_for_good_has_failed_and_can_be_deleted()
    {
        await using var alice = await server.RegisterAsync();
        var nowhere = new ChannelId(4711);

        var nonce = await alice.SayAsync(nowhere, "hello?");

        await alice.SeesAsync(s => s.PendingOf(nowhere) is [{ State: PendingState.Failed, Failure.Length: > 0 }], "the failure");
        alice.Client.Discard(nonce);
        Assert.Empty(alice.State.Outbox);
    }

    [Fact]
    public async Task A_failed_message_does_not_hold_up_the_ones_after_it()
    {
        await using var alice = await server.RegisterAsync();
        var room = await alice.CreateChannelAsync(server.NewChannelName());

        await alice.SayAsync(new ChannelId(4711), "hello?");
        await alice.SayAsync(room, "here");

        await alice.SaidIsAsync(room, "here");
    }

    [Fact]
    public async Task A_message_whose_acknowledgement_was_lost_goes_out_again_with_the_same_nonce()
    {
        using var scripted = new ScriptedServer();
        await using var client = new TestClient(new ChatClient(scripted.Address, NativeClientOptions.Create()));
        var resumed = client.Client.ResumeAsync(new Session(new string('0', 64), "alice"), Cancel);
        string? nonce;
        using (var first = await scripted.AcceptByTokenAsync())
        {
            await resumed;
            await client.SayAsync(General, "once");
            nonce = (await first.NextAsync()).GetProperty("nonce").GetString();
        }

        using var second = await scripted.AcceptByTokenAsync();
        var again = await second.NextAsync();

        Assert.Equal(nonce, again.GetProperty("nonce").GetString());
        Assert.Equal("once", again.GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_fault_of_the_server_is_tried_again_and_nothing_overtakes()
    {
        using var scripted = new ScriptedServer();
        await using var client = new TestClient(new ChatClient(scripted.Address, NativeClientOptions.Create()));
        var resumed = client.Client.ResumeAsync(new Session(new string('0', 64), "alice"), Cancel);
        using var connection = await scripted.AcceptByTokenAsync();
        await resumed;

        await client.SayAsync(General, "one");
        await client.SayAsync(General, "two");

        var first = await connection.ExpectAsync("message", "error", "\"code\":\"internal\",\"message\":\"A fault.\"");
        var second = await connection.ExpectAsync("message", "error", "\"code\":\"rate_limited\",\"message\":\"Slow down!\"");
        var third = await connection.NextAsync();
        Assert.All([first, second, third], request => Assert.Equal("one", request.GetProperty("content").GetString()));
    }
}
