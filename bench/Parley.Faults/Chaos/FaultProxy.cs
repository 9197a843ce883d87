using System.Net;
using System.Net.Sockets;

namespace Parley.Faults.Chaos;

/// <summary>
/// Stands between the clients and the server and does what networks do: it delays, stalls, cuts in the middle of a frame, and resets. It keeps its
/// address while the server comes and goes.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private const int ChunkBytes = 4096;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Dice _dice;
    private readonly FaultCounts _counts;
    private readonly Task _accepting;

    public FaultProxy(Dice dice, FaultCounts counts)
    {
        _dice = dice;
        _counts = counts;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Where the server listens now; 0 while it does not.</summary>
    public int ServerPort { get; set; }

    /// <summary>Whether it passes everything on untouched.</summary>
    public bool IsCalm { get; set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = PassAsync(await _listener.AcceptSocketAsync(_stop.Token), _dice.Fork());
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task PassAsync(Socket client, Dice dice)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, Math.Max(1, ServerPort), _stop.Token);
                using var both = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
                Task[] ways = [PumpAsync(client, server, dice.Fork(), both.Token), PumpAsync(server, client, dice.Fork(), both.Token)];
                await Task.WhenAny(ways);
                await both.CancelAsync();
                await Task.WhenAll(ways);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The server is down, or one of them went.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Dice dice, CancellationToken cancel)
    {
        var chunk = new byte[ChunkBytes];
        try
        {
            while (await from.ReceiveAsync(chunk, cancel) is var count and > 0)
            {
                var pass = IsCalm ? count : await DamageAsync(count, from, dice, cancel);
                for (var sent = 0; sent < pass;)
                    sent += await to.SendAsync(chunk.AsMemory(sent, pass - sent), cancel);
                if (pass < count)
                    return;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end went; the other is closed by the caller.
        }
    }

    /// <summary>What happens to a chunk: how many of its bytes go on; fewer than all of them end the connection.</summary>
    private async Task<int> DamageAsync(int count, Socket socket, Dice dice, CancellationToken cancel)
    {
        switch (dice.Next(2_000))
        {
            case 0:
                _counts.Add("cuts");
                return 0;
            case 1:
                _counts.Add("resets");
                socket.LingerState = new LingerOption(true, 0); // its close sends RST and drops what waits
                return 0;
            case 2:
                _counts.Add("halves");
                return dice.Next(count);
            case 3:
                _counts.Add("stalls");
                await Task.Delay(dice.Between(300, 3_000), cancel);
                return count;
            case < 40:
                _counts.Add("delays");
                await Task.Delay(dice.Between(1, 50), cancel);
                return count;
            default:
                return count;
        }
    }
}
