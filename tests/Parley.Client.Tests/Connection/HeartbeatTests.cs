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
    public async Task After_sleep_the_server_is_asked_at_once_and_given_up_soon()
    {
        using var server = new ScriptedServer();
        var time = new SleepyTime();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create() with { Time = time });
        var resumed = client.ResumeAsync(Session, Cancel);
        using var connection = await server.AcceptByTokenAsync();
        await resumed;

        time.Sleep(TimeSpan.FromHours(8));
        time.Advance(SleepDetector.Step);
        await connection.NextAsync();
        time.Advance(Heartbeat.AfterSleep);

        using var next = await server.AcceptByTokenAsync();
    }

    [Fact]
    public async Task Who_is_told_of_the_sleep_asks_at_once_and_gives_up_soon()
    {
        using var server = new ScriptedServer();
        var time = new FakeTimeProvider();
        await using var client = new ChatClient(server.Address, NativeClientOptions.Create() with { Time = time });
        var resumed = client.ResumeAsync(Session, Cancel);
        using var connection = await server.AcceptByTokenAsync();
        await resumed;

        client.Wake();
        await connection.NextAsync(); // Before the clock has gone on at all.
        time.Advance(Heartbeat.AfterSleep);

        using var next = await server.AcceptByTokenAsync();
    }

    [Fact]
    public async Task Who_is_told_of_the_sleep_tries_now()
    {
        using var server = new ScriptedServer();
        var time = new FakeTimeProvider();
        await using var client = new TestClient(new ChatClient(server.Address, NativeClientOptions.Create() with { Time = time }));
        await LoseAsync(server, client);

        client.Client.Wake();

        using var next = await server.AcceptByTokenAsync();
    }

    [Fact]
    public async Task After_sleep_a_wait_is_over()
    {
        var time = new SleepyTime();
        var signal = new RetrySignal(time);
        var waiting = signal.WaitAsync(TimeSpan.FromSeconds(30), Cancel);

        time.Advance(SleepDetector.Step);
        Assert.False(waiting.IsCompleted);
        time.Sleep(TimeSpan.FromMinutes(1));
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return waiting.IsCompleted || time.Steady > TimeSpan.FromSeconds(25);
            },
            "the wait to end");

        Assert.True(time.Steady < TimeSpan.FromSeconds(25), "It waited for all of the time.");
        await waiting;
    }

    [Fact]
    public async Task While_it_waits_the_state_says_until_when()
    {
        using var server = new ScriptedServer();
        var time = new FakeTimeProvider();
        await using var client = new TestClient(new ChatClient(server.Address, NativeClientOptions.Create() with { Time = time }));
        await LoseAsync(server, client);

        var waiting = Assert.IsType<ConnectionStatus.Reconnecting>(client.State.Connection);
        Assert.InRange((waiting.NextTryAt - time.GetUtcNow()).TotalSeconds, 0.8, 1.2);
        client.Client.RetryNow();
        using var next = await server.AcceptByTokenAsync();
        await client.SeesAsync(s => s.Connection is ConnectionStatus.Connected, "to be connected");
    }

    // Connected, cut off, and refused once: it waits for its next try.
    private static async Task LoseAsync(ScriptedServer server, TestClient client)
    {
        var resumed = client.Client.ResumeAsync(Session, Cancel);
        using (await server.AcceptByTokenAsync())
            await resumed;
        (await server.AcceptAsync()).Dispose(); // The first try, at once.
        await client.SeesAsync(s => s.Connection is ConnectionStatus.Reconnecting, "the wait");
    }

    // A machine's two clocks: while it sleeps, only that on the wall goes on.
    private sealed class SleepyTime : FakeTimeProvider
    {
        private readonly DateTimeOffset _start;
        private TimeSpan _slept;

        internal SleepyTime() => _start = base.GetUtcNow();

        internal TimeSpan Steady => base.GetUtcNow() - _start;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _slept;

        public override long GetTimestamp() => Steady.Ticks;

        internal void Sleep(TimeSpan span) => _slept += span;
    }
}
