using System.Net;
using Parley.Server.Features.Accounts;
using Parley.Server.Storage.Sqlite;

namespace Parley.Server.Tests.Limits;

/// <summary>Others' wrong passwords lock nobody out where they logged in before.</summary>
public sealed class KnownAddressTests
{
    private const string Wrong = "Invalid username or password.";
    private const string TooMany = "Too many failed logins. Try again in 60 seconds.";

    [Fact]
    public async Task Wrong_passwords_from_elsewhere_do_not_keep_the_owner_out()
    {
        await using var server = await LocalServer.StartAsync();
        Assert.Null(await server.TryLogInAsync(1, LocalServer.Password, lastByte: 50));
        await GuessAsync(server);

        Assert.Equal(TooMany, await server.TryLogInAsync(1, LocalServer.Password, lastByte: 51));
        Assert.Null(await server.TryLogInAsync(1, LocalServer.Password, lastByte: 50));
    }

    [Fact]
    public async Task Whoever_came_by_token_is_known_there()
    {
        await using var server = await LocalServer.StartAsync();
        var (peer, login) = await server.EnterLevel2Async(1, lastByte: 50);
        await peer.DisposeAsync();
        await using (var moved = await server.ConnectAsync(60))
        {
            await moved.ComeBackAsync(login.Token);
            await moved.AskAsync("status_set", ("status", "online")); // Written behind it.
        }

        await GuessAsync(server);

        Assert.Null(await server.TryLogInAsync(1, LocalServer.Password, lastByte: 60));
    }

    [Fact]
    public async Task A_known_address_has_ten_failures_a_minute_of_its_own_and_they_keep_nobody_else_out()
    {
        await using var server = await LocalServer.StartAsync();
        Assert.Null(await server.TryLogInAsync(1, LocalServer.Password, lastByte: 50));
        for (var i = 0; i < 10; i++)
            Assert.Equal(Wrong, await server.TryLogInAsync(1, "wrong", lastByte: 50));

        Assert.Equal(TooMany, await server.TryLogInAsync(1, LocalServer.Password, lastByte: 50));
        Assert.Null(await server.TryLogInAsync(1, LocalServer.Password, lastByte: 51));
        Assert.Null(await server.TryLogInAsync(2, LocalServer.Password, lastByte: 50));
    }

    [Fact]
    public async Task A_password_can_be_changed_while_others_guess_it()
    {
        await using var server = await LocalServer.StartAsync();
        var (peer, _) = await server.EnterLevel2Async(1, lastByte: 50);
        await GuessAsync(server);

        var changed = await peer.AskAsync("password_change", ("old_password", LocalServer.Password), ("new_password", "battery staple"));

        Assert.True(changed.GetProperty("success").GetBoolean(), changed.ToString());
        await peer.DisposeAsync();
    }

    [Fact]
    public async Task Another_password_forgets_where_the_former_one_was_used()
    {
        await using var server = await LocalServer.StartAsync();
        Assert.Null(await server.TryLogInAsync(1, LocalServer.Password, lastByte: 40));
        var (peer, _) = await server.EnterLevel2Async(1, lastByte: 50);
        await peer.AskAsync("password_change", ("old_password", LocalServer.Password), ("new_password", "battery staple"));
        await peer.DisposeAsync();
        await GuessAsync(server);

        Assert.Equal(TooMany, await server.TryLogInAsync(1, "battery staple", lastByte: 40));
        Assert.Null(await server.TryLogInAsync(1, "battery staple", lastByte: 50));
    }

    [Fact]
    public async Task Restarts_forget_no_address()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--bcrypt-cost", "10");
        await using (await server.ConnectLevel1Async("alice"))
        {
            // Who registers is known there, too.
        }

        await server.TerminateAsync();
        await server.RestartAsync();
        for (var i = 0; i < 10; i++)
            Assert.Equal(Wrong, await TryAsync(server, "wrong", from: 9));

        Assert.StartsWith("Too many failed logins.", await TryAsync(server, RawPeerVerbs.Password, from: 10), StringComparison.Ordinal);
        Assert.Null(await TryAsync(server, RawPeerVerbs.Password, from: 1));
    }

    [Fact]
    public void Of_each_user_eight_addresses_are_kept_for_ninety_days_and_none_in_clear()
    {
        using var folder = new TempFolder();
        using var database = SqliteDatabase.Open(folder["chat.db"], TimeProvider.System);
        var known = KnownAddresses.Open(database);
        const long day = 24 * 3_600_000_000L;
        var user = new Protocol.Wire.UserId(1);
        database.Writer.Execute("INSERT INTO users(id, username, password_hash, created_at) VALUES(1, 'alice', '', 0)");

        for (var i = 1; i <= 12; i++)
            known.Keep(database.Writer, user, Address(i), i);

        bool IsKnown(int address, long at) => known.Find(database.Writer, user, Address(address), at).IsKnown;
        Assert.Equal([5, 6, 7, 8, 9, 10, 11, 12], Enumerable.Range(1, 12).Where(i => IsKnown(i, 12)));
        Assert.False(known.Find(database.Writer, new Protocol.Wire.UserId(2), Address(12), 12).IsKnown);
        Assert.True(IsKnown(12, 90 * day));
        Assert.False(IsKnown(12, (90 * day) + 12));
        KnownAddresses.RemoveOld(database.Writer, (90 * day) + 11);
        var kept = database.Writer.Prepare("SELECT address FROM known_addresses").All(r => r.Integer(0));
        Assert.InRange(Assert.Single(kept), 0, 0xFF_FFFF);
        Assert.DoesNotContain(kept, mark => (mark & 0xFF) == 12 && mark >> 8 == 0);
    }

    private static IPAddress Address(int number) => IPAddress.Parse($"192.0.2.{number}");

    private static async Task GuessAsync(LocalServer server)
    {
        for (var i = 0; i < 10; i++)
            Assert.Equal(Wrong, await server.TryLogInAsync(1, "wrong", lastByte: 2 + i));
    }

    private static async Task<string?> TryAsync(ServerProcess server, string password, int from)
    {
        await using var peer = await RawPeer.ConnectAsync(server.Host, server.Port, IPAddress.Parse($"127.0.0.{from}"));
        await peer.SendAsync(new { type = "auth_login", username = "alice", password });
        return (await peer.ReceiveAsync("auth_result")).Text("error");
    }
}
