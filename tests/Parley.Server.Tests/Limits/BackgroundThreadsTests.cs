using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Scheduling;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Limits;

/// <summary>Work that goes behind all others, and the handshakes that are such work.</summary>
public sealed class BackgroundThreadsTests
{
    [Fact]
    public async Task However_much_one_has_waiting_another_comes_second()
    {
        using var turns = new BackgroundThreads<int>("turns", 1);
        using var gate = new ManualResetEventSlim();
        var order = new ConcurrentQueue<int>();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        turns.Post(0, gate.Wait);
        for (var i = 0; i < 100; i++)
            turns.Post(1, () => order.Enqueue(1));
        turns.Post(2, () => order.Enqueue(2));
        turns.Post(1, done.SetResult);

        gate.Set();
        await done.Task.WaitAsync(Deadline.Default);

        Assert.Equal([1, 2, 1], order.Take(3));
        Assert.Equal(101, order.Count);
    }

    [Fact]
    public async Task What_is_posted_after_the_end_is_done_all_the_same()
    {
        var turns = new BackgroundThreads<int>("turns", 1);
        turns.Dispose();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        turns.Post(1, done.SetResult);

        await done.Task.WaitAsync(Deadline.Default);
    }

    /// <summary>The threads are held: so a handshake waits for them, and nothing of it is done elsewhere.</summary>
    [Fact]
    public async Task A_TLS_handshake_is_done_in_its_turn_and_the_connection_s_life_is_not()
    {
        using var turns = new BackgroundThreads<IPAddress>("turns", 1);
        using var gate = new ManualResetEventSlim();
        turns.Post(IPAddress.None, gate.Wait);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        await client.ConnectAsync((IPEndPoint)listener.LocalEndpoint);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var socket = await listener.AcceptSocketAsync();
        var accepting = AcceptAsync();
        await using var stream = new SslStream(client.GetStream());
        var asking = stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == certificate.GetCertHashString(),
        });

        await Eventually.TrueAsync(() => turns.Count == 1, "the handshake to wait for its turn");
        Assert.False(asking.IsCompleted);
        gate.Set();
        await asking.WaitAsync(Deadline.Default);

        var (transport, thread) = await accepting.WaitAsync(Deadline.Default);
        Assert.NotEqual("turns", thread);
        await transport.DisposeAsync();

        async Task<(TlsTransport Transport, string? Thread)> AcceptAsync()
        {
            var accepted = await TlsTransport.AcceptAsync(
                new PlainTransport(socket), new SslServerAuthenticationOptions { ServerCertificate = certificate }, turns, CancellationToken.None);
            return (accepted, Thread.CurrentThread.Name);
        }
    }
}
