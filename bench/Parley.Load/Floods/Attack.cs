using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Parley.Load.Running;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Floods;

/// <summary>
/// Somebody who means harm, from a loopback address of their own (so that the server's limits for an address are theirs), for as long as it takes. What the
/// server does about it is its affair: a refused or closed connection is opened again.
/// </summary>
internal sealed class Attack(string name, Run run, string fromAddress)
{
    private const int PiecesASecond = 20;
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(1_000.0 / PiecesASecond);
    private static readonly byte[] PingFrame = FrameWriter.ToFrame(new Ping(), ProtocolJson.Default.Ping);

    // A TLS record that announces a ClientHello of 512 bytes (RFC 8446, 5.1), and never comes.
    private static readonly byte[] HalfHandshake = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01];

    private long _sent;

    public string Name { get; } = name;

    /// <summary>Bytes, or for open connections connections, that left.</summary>
    public long Sent => _sent;

    /// <summary>One logged-in client that sends so many frames a second, and reads its answers.</summary>
    public Task FramesAsync(string token, int perSecond, CancellationToken stop) => RepeatAsync(
        async socket =>
        {
            await socket.SendAsync(FrameWriter.ToFrame(new Hello(token, "flood"), ProtocolJson.Default.Hello), stop);
            var reading = ReadAwayAsync(socket, stop);
            var piece = Enumerable.Repeat(PingFrame, perSecond / PiecesASecond).SelectMany(f => f).ToArray();
            while (!stop.IsCancellationRequested)
            {
                var started = Stopwatch.GetTimestamp();
                for (var sent = 0; sent < piece.Length;)
                    sent += await socket.SendAsync(piece.AsMemory(sent), stop);
                Interlocked.Add(ref _sent, piece.Length / PingFrame.Length);
                var left = Breath - Stopwatch.GetElapsedTime(started);
                if (left > TimeSpan.Zero)
                    await Task.Delay(left, stop);
            }

            await reading;
        },
        stop);

    /// <summary>Connections that say nothing.</summary>
    public Task SilentAsync(int connections, CancellationToken stop) => ManyAsync(connections, ReadAwayAsync, stop);

    /// <summary>Connections whose TLS handshake hangs.</summary>
    public Task HandshakesAsync(int connections, CancellationToken stop) => ManyAsync(
        connections,
        async (socket, s) =>
        {
            await socket.SendAsync(HalfHandshake, s);
            await ReadAwayAsync(socket, s);
        },
        stop);

    /// <summary>Connections that send one byte of a frame at a time (slowloris).</summary>
    public Task SlowlyAsync(int connections, CancellationToken stop) => ManyAsync(
        connections,
        async (socket, s) =>
        {
            var reading = ReadAwayAsync(socket, s);
            byte[] announced = [0x00, 0x0F, 0xFF, 0xFF, (byte)'{', .. Enumerable.Repeat((byte)' ', 10_000)];
            for (var i = 0; i < announced.Length && !reading.IsCompleted; i++)
            {
                await socket.SendAsync(announced.AsMemory(i, 1), s);
                await Task.Delay(500, s);
            }
        },
        stop);

    private static async Task ReadAwayAsync(Socket socket, CancellationToken stop)
    {
        var buffer = new byte[16 * 1024];
        while (await socket.ReceiveAsync(buffer, stop) > 0)
        {
            // What it says is of no interest.
        }
    }

    private Task ManyAsync(int connections, Func<Socket, CancellationToken, Task> hold, CancellationToken stop) => Task.WhenAll(
        Enumerable.Range(0, connections).Select(_ => RepeatAsync(
            async socket =>
            {
                Interlocked.Increment(ref _sent);
                await hold(socket, stop);
            },
            stop)));

    private async Task RepeatAsync(Func<Socket, Task> use, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var socket = new Socket(run.Server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(fromAddress), 0));
                await socket.ConnectAsync(run.Server, stop);
                await use(socket);
                await Task.Delay(Breath, stop);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                // Sent away, or told to stop. Not faster than the breath, whatever happens.
                await Task.Delay(Breath, CancellationToken.None);
            }
        }
    }
}
