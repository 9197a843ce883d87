using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Connections;
using Parley.Server.Events;
using Parley.Server.Features;
using Parley.Server.Features.Accounts;
using Parley.Server.Limits;
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
    private readonly ServerParts _parts;
    private readonly CommandPipeline _pipeline;
    private readonly PasswordHasher _hasher;
    private readonly SessionKeeper _keeper;
    private readonly ConnectionLimits _limits;
    private readonly Listener _listener;
    private readonly DatabaseLock _lock;
    private Task _accepting = Task.CompletedTask;

    private ChatServer(ServerOptions options, Database database, DatabaseLock databaseLock, Listener listener, TimeProvider time, ILogger logger)
    {
        var fanOut = new FanOut(new Attendance(time), logger);
        database.Read(store => LoadMembers(store, fanOut.Attendance));
        var sessions = new SessionConnections();
        var limits = options.NoLimits ? ServerLimits.None : new ServerLimits { MessagesPerSecond = options.MessageRate };
        _limits = new ConnectionLimits(limits);
        _parts = new ServerParts(database, new WriteQueue(database.Writer, fanOut, logger), fanOut, limits, time);
        _hasher = new PasswordHasher(options.BcryptCost);
        _keeper = new SessionKeeper(sessions, _parts);
        var table = FeatureList.Build(_parts, _hasher, new LoginThrottle(limits, time), sessions);
        _pipeline = new CommandPipeline(table, new SlidingWindow<UserId>(limits.MessagesPerSecond, TimeSpan.FromSeconds(1), time), logger);
        _listener = listener;
        _lock = databaseLock;
    }

    public int Port => _listener.Port;

    /// <summary>The certificate's fingerprint; null without TLS.</summary>
    public string? Fingerprint { get; private init; }

    /// <exception cref="StartupException">It cannot start, and why.</exception>
    public static async Task<ChatServer> StartAsync(ServerOptions options, TimeProvider time, ILogger logger)
    {
        var path = Path.GetFullPath(options.Database);
        DatabaseFile.Check(path);
        var certificate = options.UseTls ? LoadCertificate(options, time) : default;
        var databaseLock = DatabaseLock.Take(path);
        Listener? listener = null;
        try
        {
            // Before the database is opened: where the port is taken nothing is written.
            listener = await Listener.OpenAsync(options.Host, options.Port, options.UseTls ? Tls(certificate.Leaf, certificate.Chain) : null, logger);
            var database = DatabaseFile.Open(path, time);
            var server = new ChatServer(options, database, databaseLock, listener, time, logger)
            {
                Fingerprint = options.UseTls ? CertificateFiles.Fingerprint(certificate.Leaf) : null,
            };
            server.Start();
            return server;
        }
        catch
        {
            listener?.Dispose();
            databaseLock.Dispose();
            throw;
        }
    }

    /// <summary>Stops accepting, finishes what is queued, commits, tells the clients, closes.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        foreach (var connection in _connections.Keys)
            connection.Close(ShuttingDown);
        await Task.WhenAny(Task.WhenAll(_connections.Values), Task.Delay(TimeToEndConnections, CancellationToken.None));
        await _keeper.DisposeAsync();
        _hasher.Dispose();
        _parts.WriteQueue.Stop();
        _parts.FanOut.Stop();
        _parts.Database.Dispose();
        _lock.Dispose();
        _stopping.Dispose();
    }

    // Of however many the first screen's worth.
    private static int LoadMembers(StoreConnection store, Attendance attendance)
    {
        var first = UserStore.After(store, "", MemberList.FirstAway + 1);
        attendance.Members.Load(first[..Math.Min(first.Count, MemberList.FirstAway)], first.Count <= MemberList.FirstAway);
        attendance.Total.Add(UserStore.Count(store));
        return first.Count;
    }

    private static (X509Certificate2 Leaf, X509Certificate2Collection Chain) LoadCertificate(ServerOptions options, TimeProvider time)
    {
        var certificate = options.Certificate ?? Path.Combine(ServerOptions.DefaultFolder, ServerOptions.CertificateName);
        var key = options.Key ?? Path.Combine(ServerOptions.DefaultFolder, ServerOptions.KeyName);
        if (options is { Certificate: null, Key: null })
            CertificateFiles.Make(certificate, key, [options.Host], time.GetUtcNow());
        return CertificateFiles.Load(certificate, key, time.GetUtcNow());
    }

    private static SslServerAuthenticationOptions Tls(X509Certificate2 leaf, X509Certificate2Collection chain) => new()
    {
        ServerCertificateContext = SslStreamCertificateContext.Create(leaf, chain, offline: true),
        EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        AllowRenegotiation = false,
    };

    private void Start()
    {
        _parts.FanOut.Start();
        _parts.WriteQueue.Start();
        _keeper.Start();
        _accepting = _listener.AcceptAsync(ServeAsync, _limits, _stopping.Token);
    }

    private async Task ServeAsync(Transport.Transport transport)
    {
        var connection = new Connection(_parts, _limits, transport);
        var serving = connection.RunAsync(_pipeline);
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
