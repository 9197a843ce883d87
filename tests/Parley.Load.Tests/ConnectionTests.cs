using System.Net;
using System.Net.Sockets;
using Parley.Load.Wire;

namespace Parley.Load.Tests;

public sealed class ConnectionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_the_kernel_did_not_take_leaves_later_and_so_does_the_next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var loop = new ReceiveLoop(0);
        using var connection = new Mute(Connection.Open((IPEndPoint)listener.LocalEndpoint));
        await connection.AttachAsync(loop, tls: null, Cancel);
        using var peer = await listener.AcceptSocketAsync(Cancel);
        var chunk = new byte[65_536];

        for (var round = 0; round < 2; round++)
        {
            var sent = 0;
            for (var waiting = 0; waiting < 16; waiting += connection.BytesWaiting > 0 ? 1 : 0)
            {
                connection.Send(chunk);
                sent += chunk.Length;
            }

            var received = 0;
            while (received < sent)
                received += await peer.ReceiveAsync(chunk, Cancel);
            await Eventually.TrueAsync(() => connection.BytesWaiting == 0, "all of it to leave");
        }
    }

    private sealed class Mute(Socket socket) : Connection(socket)
    {
        protected override int Consume(ReadOnlySpan<byte> bytes) => bytes.Length;

        protected override void Ended(string reason)
        {
        }
    }
}
