using System.Collections.Concurrent;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Admin;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Features;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Rights;
using Parley.Server.Limits;
using Parley.Server.Measuring;
using Parley.Server.Storage;
using Parley.Server.Transport;

namespace Parley.Server.Hosting;

/// <summary>The whole server: what it is made of, how it starts, how it stops. Read top-down.</summary>
internal sealed class ChatServer : IAsyncDisposable
{
    // Of the 5 seconds that a stop may take.
    private static readonly TimeSpan TimeToEndConnections = TimeSpan.FromSeconds(3);

    private static readonly Closing ShuttingDown = new(CloseReason.Shutdown, "The server is shutting down.", ReconnectAdvice.Later);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Connection, Task> _connections = [];
    private readonly ServerCore _core;
    private readonly ServerLimits _serverLimits;
    private readonly Door _door;
    private readonly PasswordHasher _hasher;
    private readonly ServerMeters _meters;
    private readonly SessionKeeper _keeper;
    private readonly ConnectionLimits _limits;
    private readonly Opened _opened;
    private readonly AdminSocket? _adminSocket;
    private Task _accepting = Task.CompletedTask;

    private ChatServer(ServerOptions options, Opened opened, TimeProvider time, ILogger logger, Func<DoorParts, Door>? makeDoor)
    {
        var limits = options.NoLimits ? ServerLimits.None : options.Limits;
        var database = opened.Database;
        (_opened, _serverLimits) = (opened, limits);
        _limits = new ConnectionLimits(limits, time);
        var fanOut = new FanOut(new Attendance(time), logger, limits.WaitingBytes);
        var writes = new WriteQueue(database, fanOut, logger);
        _core = new ServerCore(database, writes, fanOut, _limits.Pages, time);
        database.Read(db => LoadMembers(db, fanOut.Attendance));
        foreach (var channel in database.Read(db => OverwriteStore.Visibility(db, viewer: null)).PrivateChannels)
            fanOut.PrivateChannels.Set(channel, isPrivate: true);
        _hasher = new PasswordHasher(options.BcryptCost);
        _meters = new ServerMeters(writes, fanOut, _limits, _hasher, time);
        var sessions = new SessionConnections();
        _keeper = new SessionKeeper(sessions, writes, time);
        var admission = new AdmissionRules { Joining = options.Joining, ServerName = options.Name };
        var table = FeatureList.Build(_core, new AccountServices(_hasher, sessions, admission), limits);
        var pipeline = new CommandPipeline(new UserRates(limits, time), logger);
        _door = (makeDoor ?? FrameDoor.Make)(new DoorParts(_core, table, pipeline, _limits.LongFrames, limits, options.Name));
        var admin = new AdminTable(FeatureList.AdminCommands(options.Name, options.BcryptCost, _meters.Status), logger);
        _adminSocket = AdminSocket.Open(opened.Place.SocketBase, admin, new LiveData(database, writes, sessions.Close, time), logger);
    }

    public int Port => _opened.Listener.Port;

    /// <summary>The certificate's fingerprint; null without TLS.</summary>
    public string? Fingerprint => _opened.Certificate?.Fingerprint;

    /// <param name="options">What it is to be.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it writes what it does.</param>
    /// <param name="makeDoor">The way in; null for frames.</param>
    /// <exception cref="StartupException">It cannot start, and why.</exception>
    public static async Task<ChatServer> StartAsync(ServerOptions options, TimeProvider time, ILogger logger, Func<DoorParts, Door>? makeDoor = null)
    {
        var place = DatabasePlace.Find(options.Database);
        var certificate = options.UseTls ? LoadCertificate(options, time, logger) : null;
        Listener? listener = null;
        try
        {
            place.Take();
            // Before the database is opened: where the port is taken nothing is written.
            listener = await Listener.OpenAsync(options.Host, options.Port, certificate is null ? null : () => certificate.Options, logger);
            var server = new ChatServer(options, new Opened(place.Open(time), place, listener, certificate), time, logger, makeDoor);
            server.Start();
            return server;
        }
        catch
        {
            listener?.Dispose();
            place.Dispose();
            certificate?.Dispose();
            throw;
        }
    }

    /// <summary>Loads the certificate's files anew; without TLS there is nothing to do.</summary>
    public void ReloadCertificate() => _opened.Certificate?.Reload();

    /// <summary>Stops accepting, finishes what is queued, commits, tells the clients, closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _opened.Listener.Dispose();
        _opened.Certificate?.Dispose();
        if (_adminSocket is not null)
            await _adminSocket.DisposeAsync();
        foreach (var connection in _connections.Keys)
            connection.Close(ShuttingDown);
        await Task.WhenAny(Task.WhenAll(_connections.Values), Task.Delay(TimeToEndConnections, CancellationToken.None));
        await _keeper.DisposeAsync();
        _meters.Dispose();
        _hasher.Dispose();
        _limits.Dispose();
        _core.Writes.Stop();
        _core.FanOut.Stop();
        _core.Database.Dispose();
        _opened.Place.Dispose();
        _stopping.Dispose();
    }

    // Loads only the accounts that the first page of members can show.
    private static int LoadMembers(DatabaseConnection db, Attendance attendance)
    {
        var first = UserStore.After(db, "", MemberList.FirstAway + 1);
        attendance.Members.Load(first[..Math.Min(first.Count, MemberList.FirstAway)], first.Count <= MemberList.FirstAway);
        attendance.Total.Add(UserStore.Count(db));
        return first.Count;
    }

    private static ServerCertificate LoadCertificate(ServerOptions options, TimeProvider time, ILogger logger)
    {
        var certificate = options.Certificate ?? Path.Combine(ServerOptions.DefaultFolder, ServerOptions.CertificateName);
        var key = options.Key ?? Path.Combine(ServerOptions.DefaultFolder, ServerOptions.KeyName);
        if (options is { Certificate: null, Key: null })
            CertificateFiles.Make(certificate, key, [options.Host], time.GetUtcNow());
        return new ServerCertificate(certificate, key, time, logger);
    }

    private void Start()
    {
        _core.FanOut.Start();
        _core.Writes.Start();
        _keeper.Start();
        _accepting = _opened.Listener.AcceptAsync(ServeAsync, _limits, _core.Time, _stopping.Token);
    }

    private async Task ServeAsync(Transport.Transport transport)
    {
        var allowance = new Allowance(transport.Address, _limits, _serverLimits, _core.Time);
        var connection = new Connection(transport, _door, allowance, _core);
        var serving = connection.RunAsync();
        _connections.TryAdd(connection, serving);
        if (_stopping.IsCancellationRequested)
            connection.Close(ShuttingDown);
        try
        {
            await serving;
        }
        finally
        {
            _connections.TryRemove(connection, out _);
        }
    }

    /// <summary>What was opened before the server was put together, and is closed with it.</summary>
    private sealed record Opened(Database Database, DatabasePlace Place, Listener Listener, ServerCertificate? Certificate);
}
