using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text.Json;
using Parley.Server.Hosting;
using Parley.Server.Storage;

namespace Parley.Server.Admin;

/// <summary>
/// Hears the operator of a running server. The socket belongs to the database's owner alone, and on Linux who connects is asked for, too: it has to be that
/// owner, or root. A request is one line, its answer another; a connection that says nothing, or does not take its answer, is closed after a while.
/// </summary>
#pragma warning disable CA1001, CA2213 // The semaphore holds no handle, and may be released after the end.
internal sealed partial class AdminSocket : IAsyncDisposable
#pragma warning restore CA1001, CA2213
{
    private const int MostConnections = 8;
    private const int Backlog = 8;

    // socket(7), unix(7): struct ucred { pid_t pid; uid_t uid; gid_t gid; }.
    private const int SocketLevel = 1;
    private const int PeerCredentials = 17;
    private const int CredentialBytes = 12;
    private const uint Root = 0;

    private static readonly TimeSpan TimeForALine = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _free = new(MostConnections);
    private readonly Socket _socket;
    private readonly string _path;
    private readonly uint? _owner;
    private readonly AdminTable _table;
    private readonly IAdminData _data;
    private readonly ILogger _logger;
    private Task _accepting = Task.CompletedTask;

    private AdminSocket(Socket socket, string path, uint? owner, AdminTable table, IAdminData data, ILogger logger) =>
        (_socket, _path, _owner, _table, _data, _logger) = (socket, path, owner, table, data, logger);

    /// <summary>
    /// Opens it, for whoever holds the database's lock: a socket that is there is a dead server's. Null, and a word in the log, where there can be none.
    /// </summary>
    public static AdminSocket? Open(string databasePath, AdminTable table, IAdminData data, ILogger logger)
    {
        var path = AdminSocketPath.Of(databasePath);
        Socket? socket = null;
        try
        {
            File.Delete(path);
            socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            socket.Bind(AdminSocketPath.EndPoint(path));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite); // Before it listens: until then nobody can connect.
            socket.Listen(Backlog);
            var opened = new AdminSocket(socket, path, FileStatus.Of(databasePath)?.User, table, data, logger);
            opened._accepting = opened.AcceptAsync();
            return opened;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException or StartupException or PlatformNotSupportedException)
        {
            socket?.Dispose();
            Log.NotOpened(logger, e.Message);
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        // Those who are being answered; whoever does not end by then ends with the process.
        using var deadline = new CancellationTokenSource(TimeToEnd);
        try
        {
            for (var i = 0; i < MostConnections; i++)
                await _free.WaitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // Its answer goes nowhere.
        }

        _socket.Dispose();
        File.Delete(_path);
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
        {
            try
            {
                await _free.WaitAsync(_stopping.Token);
                _ = ServeAsync(await _socket.AcceptAsync(_stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                _free.Release();
                Log.NotAccepted(_logger, e.SocketErrorCode);
                await Task.Delay(TimeToEnd);
            }
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            using var stream = new NetworkStream(socket, ownsSocket: true);
            if (!IsOperator(socket))
                return;
            var lines = new AdminLine(stream, AdminRequest.MostBytes);
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            while (true)
            {
                deadline.CancelAfter(TimeForALine);
                if (await lines.ReadAsync(deadline.Token) is not { } line)
                    return;
                var answer = Read(line) is { } request ? await _table.RunAsync(request, _data, deadline.Token) : AdminAnswer.Refuse("That is no request.");
                await lines.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer, AdminJson.Plain.AdminAnswer), deadline.Token);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The operator went, or the server ends.
        }
#pragma warning disable CA1031 // One request's bug is that connection's end, and is told.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Log.Failed(_logger, e);
        }
        finally
        {
            _free.Release();
        }
    }

    private static AdminRequest? Read(byte[] line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, AdminJson.Plain.AdminRequest);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: a lone surrogate in a string, which is no text.
        }
    }

    private bool IsOperator(Socket peer)
    {
        if (_owner is not { } owner)
            return true; // The file's mode is what there is.
        Span<byte> credentials = stackalloc byte[CredentialBytes];
        peer.GetRawSocketOption(SocketLevel, PeerCredentials, credentials);
        var user = BinaryPrimitives.ReadUInt32LittleEndian(credentials[sizeof(int)..]);
        if (user == owner || user == Root)
            return true;
        Log.Refused(_logger, user);
        return false;
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 5101, Level = LogLevel.Warning, Message = "The operator's commands will not reach this server: its socket cannot be opened ({Reason}).")]
        public static partial void NotOpened(ILogger logger, string reason);

        [LoggerMessage(EventId = 5102, Level = LogLevel.Warning, Message = "The operator's socket did not accept a connection: {Error}.")]
        public static partial void NotAccepted(ILogger logger, SocketError error);

        [LoggerMessage(EventId = 5103, Level = LogLevel.Warning, Message = "User {User} is not the operator, and was not listened to.")]
        public static partial void Refused(ILogger logger, uint user);

        [LoggerMessage(EventId = 5104, Level = LogLevel.Error, Message = "A connection to the operator's socket failed.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
