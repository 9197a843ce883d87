using System.Net.Sockets;
using System.Text.Json;
using Parley.Server.Features;
using Parley.Server.Features.Accounts;
using Parley.Server.Hosting;
using Parley.Server.Storage;
using Parley.Server.Storage.Sqlite;
using Parley.Server.Storage.Postgres;

namespace Parley.Server.Admin;

/// <summary>The operator's side: asks the server that runs on a database, or works on the file where none does.</summary>
internal abstract class AdminSession : IAsyncDisposable
{
    /// <param name="database">As it was given.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="StartupException">There is no such database, or this user may not.</exception>
    public static async Task<AdminSession> OpenAsync(string database, TimeProvider time)
    {
        if (PostgresAddress.IsOne(database))
            return await LiveSession.TryOpenAsync(DatabasePlace.Find(database).SocketBase)
                ?? throw new StartupException("No server runs on that database in this folder. Start it, or run this where it was started.");
        var path = SqlitePath.ResolveExisting(database);
        return await LiveSession.TryOpenAsync(path) is { } live ? live : StoppedSession.Open(path, time);
    }

    /// <exception cref="StartupException">There is no answer.</exception>
    public abstract Task<AdminAnswer> AskAsync(AdminRequest request);

    public abstract ValueTask DisposeAsync();

    private sealed class LiveSession(NetworkStream stream) : AdminSession
    {
        private const int MostAnswerBytes = 4 * 1024 * 1024;

        private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(30);

        private readonly AdminLine _lines = new(stream, MostAnswerBytes);

        public static async Task<AdminSession?> TryOpenAsync(string path)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(AdminSocketPath.EndPoint(AdminSocketPath.Of(path)));
                return new LiveSession(new NetworkStream(socket, ownsSocket: true));
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.AccessDenied)
            {
                socket.Dispose();
                throw new StartupException($"The server on '{path}' does not listen to this user. Run this as its user, or as root.");
            }
            catch (Exception e) when (e is SocketException or StartupException)
            {
                socket.Dispose(); // Nobody is there: a server that was killed leaves its socket behind.
                return null;
            }
        }

        public override async Task<AdminAnswer> AskAsync(AdminRequest request)
        {
            using var deadline = new CancellationTokenSource(TimeToAnswer);
            try
            {
                await _lines.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(request, AdminJson.Plain.AdminRequest), deadline.Token);
                if (await _lines.ReadAsync(deadline.Token) is { } line && JsonSerializer.Deserialize(line, AdminJson.Plain.AdminAnswer) is { } answer)
                    return answer;
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or JsonException)
            {
                // Told below.
            }

            throw new StartupException("The server did not answer. It listens to its own user and to root alone; its log may say more.");
        }

        public override ValueTask DisposeAsync() => stream.DisposeAsync();
    }

    private sealed class StoppedSession(SqliteFileLock held, Database database, StoppedData data, ILoggerFactory loggers) : AdminSession
    {
        private readonly AdminTable _table = new(
            FeatureList.AdminCommands(serverName: null, PasswordHasher.DefaultCost), loggers.CreateLogger("Parley.Server"));

        public static StoppedSession Open(string path, TimeProvider time)
        {
            SqliteFile.CheckFolder(path);
            var held = SqliteFileLock.Take(
                path, $"A server runs on '{path}', and cannot be reached. Name the database as the server does, or see the server's log.");
            try
            {
                SqliteFile.Check(path);
                if (SqliteFile.VersionOf(path) != SchemaVersion.Current)
                    throw new StartupException(
                        $"The database '{path}' has another schema than this program writes. Start the server once to bring it up to date.");
                var database = SqliteFile.Open(path, time);
                return new StoppedSession(held, database, new StoppedData(database, time), ServerLog.Create());
            }
            catch
            {
                held.Dispose();
                throw;
            }
        }

        public override Task<AdminAnswer> AskAsync(AdminRequest request) => _table.RunAsync(request, data, CancellationToken.None);

        public override ValueTask DisposeAsync()
        {
            database.Dispose();
            held.Dispose();
            loggers.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
