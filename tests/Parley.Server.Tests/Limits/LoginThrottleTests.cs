using System.Net;
using Parley.Server.Features.Accounts;
using Parley.Server.Hosting;
using Parley.Server.Limits;

namespace Parley.Server.Tests.Limits;

/// <summary>docs/protocol.md, "Limits": failed logins, registrations, and passwords that wait to be hashed.</summary>
public sealed class LoginThrottleTests
{
    private const string Wrong = "Invalid username or password.";

    private static readonly IPAddress Here = IPAddress.Loopback;

    [Fact]
    public async Task Ten_failures_a_minute_are_free_for_a_name_wherever_they_come_from()
    {
        await using var server = await LocalServer.StartAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal(Wrong, await server.TryLogInAsync(1, "wrong", lastByte: 2 + i));

        Assert.Equal("Too many failed logins. Try again in 60 seconds.", await server.TryLogInAsync(1, LocalServer.Password, lastByte: 20));
        Assert.Null(await server.TryLogInAsync(2, LocalServer.Password, lastByte: 2));
        server.Clock.Advance(TimeSpan.FromSeconds(59.5));
        Assert.Equal("Too many failed logins. Try again in 1 seconds.", await server.TryLogInAsync(1, LocalServer.Password));
        server.Clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Null(await server.TryLogInAsync(1, LocalServer.Password));
    }

    [Fact]
    public async Task Twenty_failures_a_minute_are_free_for_an_address_whatever_the_names()
    {
        await using var server = await LocalServer.StartAsync();
        for (var i = 1; i <= 20; i++)
            Assert.Equal(Wrong, await server.TryLogInAsync(i, "wrong", lastByte: 2));

        Assert.Equal("Too many failed logins. Try again in 60 seconds.", await server.TryLogInAsync(25, LocalServer.Password, lastByte: 2));
        Assert.Null(await server.TryLogInAsync(25, LocalServer.Password, lastByte: 3));
    }

    [Fact]
    public async Task Logins_that_succeed_do_not_count()
    {
        await using var server = await LocalServer.StartAsync();

        for (var i = 0; i < 40; i++)
            Assert.Null(await server.TryLogInAsync(1, LocalServer.Password));
    }

    [Fact]
    public async Task Without_limits_failures_are_free()
    {
        await using var server = await LocalServer.StartAsync(new ServerOptions { UseTls = false, NoLimits = true });

        for (var i = 0; i < 40; i++)
            Assert.Equal(Wrong, await server.TryLogInAsync(1, "wrong"));
    }

    [Fact]
    public void Attempts_at_the_same_time_are_no_way_around()
    {
        var throttle = new LoginThrottle(new ServerLimits(), TimeProvider.System);
        for (var i = 0; i < 10; i++)
            Assert.Null(throttle.RefuseAttempt("alice", Here));

        Assert.NotNull(throttle.RefuseAttempt("ALICE", Here));
        throttle.UndoAttempt("Alice", Here);
        Assert.Null(throttle.RefuseAttempt("alice", Here));
    }

    [Fact]
    public void An_address_past_its_limit_leaves_no_trace_of_the_names_that_it_tries()
    {
        var throttle = new LoginThrottle(new ServerLimits(), TimeProvider.System);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var i = 0; i < 2_000; i++)
            throttle.RefuseAttempt($"{i}{new string('x', 50_000)}", Here);

        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 20_000_000); // 200 MB, were they kept.
    }

    [Fact]
    public void An_address_registers_a_hundred_times_an_hour()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var throttle = new LoginThrottle(new ServerLimits(), clock);
        for (var i = 0; i < 100; i++)
            Assert.Null(throttle.RefuseRegistration(Here));

        Assert.Equal("Too many registrations from your address. Try again in 60 minutes.", throttle.RefuseRegistration(Here));
        Assert.Null(throttle.RefuseRegistration(IPAddress.Parse("127.0.0.2")));
        throttle.NotRegistered(Here);
        Assert.Null(throttle.RefuseRegistration(Here));
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(throttle.RefuseRegistration(Here));
    }

    [Fact]
    public async Task Five_hundred_and_twelve_passwords_wait_to_be_hashed_and_the_next_is_told_so_at_once()
    {
        using var hasher = new PasswordHasher(PasswordHasher.DefaultCost);
        var hash = PredecessorDatabase.HashOf(LocalServer.Password, cost: 6);
        var turn = new HashPriority(HashPrecedence.LogIn, Here, "alice");
        var queued = Enumerable.Range(0, 600).Select(_ => hasher.VerifyAsync("wrong", hash, turn, CancellationToken.None)).ToList();
        var results = await Task.WhenAll(queued);

        Assert.All(results.Take(512), fits => Assert.False(fits));
        Assert.Contains(results, fits => fits is null);
    }
}
