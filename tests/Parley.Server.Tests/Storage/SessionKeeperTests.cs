using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Features.Accounts;
using Parley.Server.Limits;
using Parley.Server.Storage;
using Parley.Server.Storage.Sqlite;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Storage;

public sealed class SessionKeeperTests
{
    private const int Sessions = 1_000;

    [Fact]
    public async Task The_sessions_of_all_connections_are_prolonged_a_few_at_a_time()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        using var folder = new TempFolder();
        using var database = SqliteDatabase.Open(folder["chat.db"], clock);
        var fanOut = new FanOut(new Attendance(clock), NullLogger.Instance);
        var writes = new WriteQueue(database, fanOut, NullLogger.Instance);
        using var limits = new ConnectionLimits(ServerLimits.None, clock);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var peer = new TcpClient();
        await peer.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        var transport = new PlainTransport(await listener.AcceptSocketAsync());
        var allowance = new Allowance(transport.Address, limits, ServerLimits.None, clock);
        var connection = new Connection(transport, new SilentDoor(), allowance, new ServerCore(database, writes, fanOut, limits.Pages, clock));
        var sessions = new SessionConnections();
        foreach (var id in AddSessions(database, clock))
            sessions.Add(id, connection);
        fanOut.Start();
        await using var keeper = new SessionKeeper(sessions, writes, clock);
        keeper.Start();

        // Nothing is written yet: all that the keeper has to write at once waits here.
        clock.Advance(TimeSpan.FromMinutes(30));
        var atOnce = writes.Waiting.Depth;
        writes.Start();

        Assert.Equal(1, atOnce);
        await Eventually.TrueAsync(() => Prolonged(database) == Sessions, "all sessions to be prolonged");
        writes.Stop();
        fanOut.Stop();
        connection.Receiver.Outbox.Abort();
    }

    private static List<long> AddSessions(Database database, TimeProvider clock)
    {
        var db = database.Writer;
        db.Execute("INSERT INTO users(id, username, password_hash, created_at) VALUES(1, 'alice', '', 1577836800000000)");
        var now = WireTime.ToMicroseconds(clock.GetUtcNow());
        return [.. Enumerable.Range(0, Sessions).Select(_ => SessionStore.Add(db, SessionStore.NewToken(), new UserId(1), "", now))];
    }

    private static long Prolonged(Database database) =>
        database.Read(db => Tuple.Create(db.Prepare("SELECT COUNT(*) FROM sessions WHERE expires_at > created_at + 24 * 3600000000").Integer() ?? 0)).Item1;
}
