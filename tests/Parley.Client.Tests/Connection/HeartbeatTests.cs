using Microsoft.Extensions.Time.Testing;
using Parley.Client.Connection;

namespace Parley.Client.Tests.Connection;

public sealed class HeartbeatTests
{
    private static readonly Session Session = new(new string('0', 64), "alice");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_silent_server_is_asked_whether_it_is_there()
    {
        using var server = new ScriptedServer();
        var time = new FakeTimeProvider();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create() with { Time = time });
        var resumed = client.ResumeAsync(Session, Cancel);
        using var connection = await server.AcceptByTokenAsync();
        await resumed;

        time.Advance(Heartbeat.Interval);

        await connection.ExpectAsync("ping", "pong");
        Assert.IsType<ConnectionStatus.Connected>(client.Store.State.Connection);
    }

    [Fact]
    public async Task A_server_that_answers_is_never_given_up_however_late_the_clock_ticks()
    {
        using var server = new ScriptedServer();
        var time = new FakeTimeProvider();
        await using var client = new TestClient(new ChatClient(server.Address, NativeClientOptions.Create() with { Time = time }));
        var resumed = client.Client.ResumeAsync(Session, Cancel);
        using var connection = await server.AcceptByTokenAsync();
        await resumed;

        for (var tick = 1; tick <= 3; tick++)
        {
            // A whole interval after its answer, as where the machine is busy and the answer takes no time.
            time.Advance(Heartbeat.Interval);
            await connection.ExpectAsync("ping", "pong");
            await connection.SendAsync($$$"""{"type":"presence","members":[{"id":{{{tick + 1}}},"username":"user_{{{tick}}}","status":"online"}]}""");
            await client.SeesAsync(_ => client.Client.Members.Now.Count == tick, "what came behind the answer");
        }

        Assert.IsType<ConnectionStatus.Connected>(client.State.Connection);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_and_tried_again()
    {
        using var server = new ScriptedServer();
        var time = new FakeTimeProvider();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create() with { Time = time });
        var resumed = client.ResumeAsync(Session, Cancel);
        using var connection = await server.AcceptByTokenAsync();
        await resumed;

        time.Advance(Heartbeat.Interval);
        await connection.NextAsync();
        time.Advance(Heartbeat.Interval);

        using var next = await server.AcceptByTokenAsync();
    }

    [Fact]
    public async Task While_it_waits_the_state_says_until_when()
    {
        using var server = new ScriptedServer();
        var time = new FakeTimeProvider();
        await using var client = new TestClient(new ChatClient(server.Address, NativeClientOptions.Create() with { Time = time }));
        var resumed = client.Client.ResumeAsync(Session, Cancel);
        using (await server.AcceptByTokenAsync())
            await resumed;
        (await server.AcceptAsync()).Dispose(); // The first try, at once.

        await client.SeesAsync(s => s.Connection is ConnectionStatus.Reconnecting, "the wait");

        var waiting = Assert.IsType<ConnectionStatus.Reconnecting>(client.State.Connection);
        Assert.InRange((waiting.NextTryAt - time.GetUtcNow()).TotalSeconds, 0.8, 1.2);
        client.Client.RetryNow();
        using var next = await server.AcceptByTokenAsync();
        await client.SeesAsync(s => s.Connection is ConnectionStatus.Connected, "to be connected");
    }
}
