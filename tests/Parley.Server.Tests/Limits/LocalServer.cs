using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Parley.Server.Connections;
using Parley.Server.Hosting;
using InProcess = Parley.Server.Hosting.ChatServer;

namespace Parley.Server.Tests.Limits;

/// <summary>
/// The server in this process, over real sockets and a real file, with a clock that only the test moves: a limit's edge is exact and nothing waits for
/// time. Everybody has an account, by the cheapest hash there is.
/// </summary>
internal sealed class LocalServer : IAsyncDisposable
{
    public const string Password = PredecessorDatabase.Password;

    private readonly TempFolder _folder;
    private readonly InProcess _server;

    private LocalServer(TempFolder folder, InProcess server, SettableClock clock, CapturingLog log) => (_folder, _server, Clock, Log) = (folder, server, clock, log);

    public SettableClock Clock { get; }

    public CapturingLog Log { get; }

    public string DatabasePath => _folder["chat_data.db"];

    public static async Task<LocalServer> StartAsync(
        ServerOptions? options = null, int accounts = 30, int hashCost = 4, Func<DoorParts, Door>? makeDoor = null)
    {
        var folder = new TempFolder();
        var clock = new SettableClock(new DateTimeOffset(2026, 3, 4, 5, 6, 7, TimeSpan.Zero));
        var log = new CapturingLog();
        using (var database = new PredecessorDatabase(folder["chat_data.db"]))
        {
            var hash = PredecessorDatabase.HashOf(Password, hashCost);
            foreach (var name in Enumerable.Range(1, accounts).Select(Name))
                database.AddUser(name, hash);
        }

        var server = await InProcess.StartAsync((options ?? new ServerOptions { UseTls = false }) with { Port = 0, Database = folder["chat_data.db"] }, clock, log, makeDoor);
        return new LocalServer(folder, server, clock, log);
    }

    public static string Name(int number) => $"User_{number:000}";

    /// <summary>Connects from 127.0.0.<paramref name="lastByte"/>.</summary>
    public Task<RawPeer> ConnectAsync(int lastByte = 1) => RawPeer.ConnectAsync("127.0.0.1", _server.Port, IPAddress.Parse($"127.0.0.{lastByte}"));

    /// <summary>The same without a word of the protocol.</summary>
    public async Task<Socket> ConnectSocketAsync(int lastByte)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(IPAddress.Parse($"127.0.0.{lastByte}"), 0));
        await socket.ConnectAsync(IPAddress.Loopback, _server.Port);
        return socket;
    }

    public Task<RawPeer> ConnectTlsAsync() => RawPeer.ConnectTlsAsync("127.0.0.1", _server.Port, _server.Fingerprint);

    public async Task<(RawPeer Peer, Level2Login Login)> EnterLevel2Async(int user, int lastByte = 1)
    {
        var peer = await ConnectAsync(lastByte);
        return (peer, await peer.LogInLevel2Async(Name(user), Password));
    }

    /// <summary>Tries to log in, and says what came of it: null, or the error's words.</summary>
    public async Task<string?> TryLogInAsync(int user, string password, int lastByte = 1)
    {
        await using var peer = await ConnectAsync(lastByte);
        await peer.SendAsync(new { type = "auth_login", username = Name(user), password });
        return (await peer.ReceiveAsync("auth_result")).Text("error");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync().AsTask().WaitAsync(Deadline.Default);
        _folder.Dispose();
    }
}

/// <summary>What the server logs.</summary>
internal sealed class CapturingLog : ILogger
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
    }
}

/// <summary>A clock whose wall side can be set back, as an operator or a time server may do; its monotonic side cannot.</summary>
internal sealed class SettableClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    public TimeSpan SetBack { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - SetBack;

    public override long GetTimestamp() => base.GetUtcNow().UtcTicks;
}
