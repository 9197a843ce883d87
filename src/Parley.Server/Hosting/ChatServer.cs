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
    private readonly Database _database;
    private readonly FanOut _fanOut;
    private readonly WriteQueue _writes;
    private readonly TimeProvider _time;
    private readonly ServerLimits _eachLimits;
    private readonly Door _door;
    private readonly PasswordHasher _hasher;
    private readonly ServerMeters _meters;
    private readonly SessionKeeper _keeper;
    private readonly ConnectionLimits _limits;
    private readonly Listener _listener;
    private readonly DatabaseLock _lock;
    private readonly ServerCertificate? _certificate;
    private readonly AdminSocket? _operator;
    private Task _accepting = Task.CompletedTask;

    private ChatServer(
        ServerOptions options,
        Database database,
        DatabaseLock databaseLock,
        Listener listener,
        ServerCertificate? certificate,
        TimeProvider time,
        ILogger logger,
        Func<DoorParts, Door>? makeDoor)
    {
        var limits = options.NoLimits ? ServerLimits.None : options.Limits;
        (_eachLimits, _database, _time) = (limits, database, time);
        _fanOut = new FanOut(new Attendance(time), logger, limits.WaitingBytes);
        _writes = new WriteQueue(database.Writer, _fanOut, logger);
        database.Read(store => LoadMembers(store, _fanOut.Attendance));
        foreach (var channel in database.Read(store => OverwriteStore.Visibility(store, viewer: null)).PrivateChannels)
            _fanOut.PrivateChannels.Set(channel, isPrivate: true);
        var sessions = new SessionConnections();
        _limits = new ConnectionLimits(limits, time);
        _hasher = new PasswordHasher(options.BcryptCost);
        _meters = new ServerMeters(_writes, _fanOut, _limits, _hasher, time);
        _keeper = new SessionKeeper(sessions, _writes, time);
        var admission = new AdmissionRules { Joining = options.Joining, ServerName = options.Name };
        var table = FeatureList.Build(database, _writes, _fanOut.Attendance.Total, _hasher, sessions, admission, limits, time);
        var pipeline = new CommandPipeline(new UserRates(limits, time), logger);
        _door = (makeDoor ?? FrameDoor.Make)(new DoorParts(database, _writes, table, pipeline, _limits.LongFrames, limits, time, options.Name));
        _listener = listener;
        _lock = databaseLock;
        _certificate = certificate;
        var admin = new AdminTable(FeatureList.AdminCommands(options.Name, options.BcryptCost, _meters.Status), logger);
        _operator = AdminSocket.Open(databaseLock.DatabasePath, admin, new LiveData(database, _writes, sessions.Close, time), logger);
    }

    public int Port => _listener.Port;

    /// <summary>The certificate's fingerprint; null without TLS.</summary>
    public string? Fingerprint => _certificate?.Fingerprint;

    /// <param name="options">What it is to be.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it writes what it does.</param>
    /// <param name="makeDoor">The way in; null for frames.</param>
    /// <exception cref="StartupException">It cannot start, and why.</exception>
    public static async Task<ChatServer> StartAsync(ServerOptions options, TimeProvider time, ILogger logger, Func<DoorParts, Door>? makeDoor = null)
    {
        var path = DatabasePath.Resolve(options.Database);
        DatabaseFile.CheckFolder(path);
        var certificate = options.UseTls ? LoadCertificate(options, time, logger) : null;
        DatabaseLock? databaseLock = null;
        Listener? listener = null;
        try
        {
            // First of all: from now on nothing here but the database itself opens the file.
            databaseLock = DatabaseLock.Take(path);
            DatabaseFile.Check(path);
            // Before the database is opened: where the port is taken nothing is written.
            listener = await Listener.OpenAsync(options.Host, options.Port, certificate is null ? null : () => certificate.Options, logger);
            var server = new ChatServer(options, DatabaseFile.Open(path, time), databaseLock, listener, certificate, time, logger, makeDoor);
            server.Start();
            return server;
        }
        catch
        {
            listener?.Dispose();
            databaseLock?.Dispose();
            certificate?.Dispose();
            throw;
        }
    }

    /// <summary>Loads the certificate's files anew; without TLS there is nothing to do.</summary>
    public void ReloadCertificate() => _certificate?.Reload();

    /// <summary>Stops accepting, finishes what is queued, commits, tells the clients, closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _certificate?.Dispose();
        if (_operator is not null)
            await _operator.DisposeAsync();
        foreach (var connection in _connections.Keys)
            connection.Close(ShuttingDown);
        await Task.WhenAny(Task.WhenAll(_connections.Values), Task.Delay(TimeToEndConnections, CancellationToken.None));
        await _keeper.DisposeAsync();
        _meters.Dispose();
        _hasher.Dispose();
        _limits.Dispose();
        _writes.Stop();
        _fanOut.Stop();
        _database.Dispose();
        _lock.Dispose();
        _stopping.Dispose();
    }

    // Loads only the accounts that the first page of members can show.
    private static int LoadMembers(StoreConnection store, Attendance attendance)
    {
        var first = UserStore.After(store, "", MemberList.FirstAway + 1);
        attendance.Members.Load(first[..Math.Min(first.Count, MemberList.FirstAway)], first.Count <= MemberList.FirstAway);
        attendance.Total.Add(UserStore.Count(store));
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
        _fanOut.Start();
        _writes.Start();
        _keeper.Start();
        _accepting = _listener.AcceptAsync(ServeAsync, _limits, _time, _stopping.Token);
    }

    private async Task ServeAsync(Transport.Transport transport)
    {
        var allowance = new Allowance(transport.Address, _limits, _eachLimits, _time);
        var connection = new Connection(transport, _door, allowance, _database, _writes, _fanOut, _limits.Pages, _time);
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
}
