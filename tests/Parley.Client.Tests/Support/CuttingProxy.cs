using System.Net;
using System.Net.Sockets;
using Parley.Client.Connection;

namespace Parley.Client.Tests.Support;

/// <summary>
/// A wire between client and server that a test cuts: at once, or after so many more bytes in one direction, in the middle of whatever is said.
/// </summary>
internal sealed class CuttingProxy : IAsyncDisposable
{
    private readonly ServerAddress _server;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Lock _gate = new();
    private readonly List<Socket> _sockets = [];
    private readonly Task _accepting;
    private long _toServerLeft = long.MaxValue;
    private long _toClientLeft = long.MaxValue;
    private volatile bool _isDown;

    internal CuttingProxy(ServerAddress server)
    {
        _server = server;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new ServerAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port, server.UseTls);
        _accepting = AcceptAsync();
    }

    internal ServerAddress Address { get; }

    /// <summary>How many connections were made through it.</summary>
    internal int Connections { get; private set; }

    /// <summary>Cuts what there is; new connections pass.</summary>
    internal void Cut()
    {
        lock (_gate)
        {
            (_toServerLeft, _toClientLeft) = (long.MaxValue, long.MaxValue);
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    /// <summary>Cuts what there is, and lets nothing through until <see cref="Restore"/>.</summary>
    internal void TakeDown()
    {
        _isDown = true;
        Cut();
    }

    internal void Restore() => _isDown = false;

    /// <summary>Cuts the wire in the middle of what goes to the server, after so many more bytes.</summary>
    internal void CutAfterBytesToServer(long count) => Interlocked.Exchange(ref _toServerLeft, count);

    /// <summary>Cuts the wire in the middle of what comes from the server: a request was heard, its answer was not.</summary>
    internal void CutAfterBytesToClient(long count) => Interlocked.Exchange(ref _toClientLeft, count);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        Cut();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        var pumps = new List<Task>();
        try
        {
            while (true)
                pumps.Add(CarryAsync(await _listener.AcceptAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(pumps);
        }
    }

    private async Task CarryAsync(Socket client)
    {
        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        lock (_gate)
        {
            Connections++;
            _sockets.AddRange([client, server]);
        }

        try
        {
            if (_isDown)
                return;
            await server.ConnectAsync(_server.Host, _server.Port);
            await Task.WhenAny(PumpAsync(client, server, isToServer: true), PumpAsync(server, client, isToServer: false));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The server is down, or the wire was cut.
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isToServer)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                var left = isToServer ? Interlocked.Add(ref _toServerLeft, -count) : Interlocked.Add(ref _toClientLeft, -count);
                var passed = (int)Math.Max(0, Math.Min(count, count + left));
                for (var sent = 0; sent < passed;)
                    sent += await to.SendAsync(buffer.AsMemory(sent, passed - sent));
                if (left > 0)
                    continue;
                Cut();
                return;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }
}
