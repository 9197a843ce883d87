using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Parley.Server.Doors.Level2;
using Parley.Server.Events;
using Parley.Server.Events.Sending;
using Parley.Server.Scheduling;
using Parley.Server.Transport;

namespace Parley.Server.Tests.Events;

/// <summary>Somebody with a TLS connection: both its ends.</summary>
internal sealed record TlsPerson(Socket Socket, SslStream Stream, Receiver Receiver, TlsTransport Transport);

/// <summary>Many of them, at one listener, over real sockets whose buffers are so small that the kernel is full soon.</summary>
internal sealed class TlsPeople : IAsyncDisposable
{
    private const int KernelBytes = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly BackgroundThreads<IPAddress> _turns = new("handshakes", 1);

    private TlsPeople()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        _certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _listener.Server.SendBufferSize = KernelBytes; // What is accepted has it from the listener.
        _listener.Start(1000);
    }

    public List<TlsPerson> All { get; } = [];

    public static async Task<TlsPeople> ConnectAsync(int count, SslProtocols version)
    {
        var people = new TlsPeople();
        for (var i = 0; i < count; i++)
            people.All.Add(await people.EnterAsync(version));
        return people;
    }

    public Receiver[] Receivers(params TlsPerson[] without) => [.. All.Except(without).Select(p => p.Receiver)];

    public static async Task<byte[]> ReadAsync(TlsPerson person, int count)
    {
        var taken = new byte[count];
        await person.Stream.ReadExactlyAsync(taken).AsTask().WaitAsync(Deadline.Default);
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var person in All)
        {
            person.Receiver.Outbox.Abort();
            await person.Transport.DisposeAsync();
            await person.Stream.DisposeAsync();
        }

        _listener.Dispose();
        _certificate.Dispose();
        _turns.Dispose();
    }

    private async Task<TlsPerson> EnterAsync(SslProtocols version)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = KernelBytes, NoDelay = true };
        socket.Connect(_listener.LocalEndpoint);
        var accepting = TlsTransport.AcceptAsync(
            new PlainTransport(await _listener.AcceptSocketAsync()),
            new SslServerAuthenticationOptions { ServerCertificate = _certificate, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 },
            _turns,
            CancellationToken.None);
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            EnabledSslProtocols = version,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == _certificate.GetCertHashString(),
        }).WaitAsync(Deadline.Default);
        var transport = await accepting.WaitAsync(Deadline.Default);
        return new TlsPerson(socket, stream, new Receiver(new Outbox(transport, new WaitingBytes(0)), Level2Dialect.Instance), transport);
    }
}

/// <summary>Passes sends on to a real batch, and keeps what was asked for and what came of it.</summary>
internal sealed class WatchedBatch(SendBatch sends) : SendBatch
{
    private readonly List<(int Descriptor, int Length)> _added = [];

    /// <summary>The bytes of each submission.</summary>
    public List<long> Submitted { get; } = [];

    /// <summary>The TLS records of each send: how many.</summary>
    public List<int> Records { get; } = [];

    /// <summary>By descriptor: of its last send, what the kernel did not take.</summary>
    public Dictionary<int, int> Untaken { get; } = [];

    public override void Add(int descriptor, nint bytes, int length)
    {
        _added.Add((descriptor, length));
        var copy = new byte[length];
        Marshal.Copy(bytes, copy, 0, length);
        Records.Add(CountRecords(copy));
        sends.Add(descriptor, bytes, length);
    }

    public override ReadOnlySpan<int> Submit()
    {
        var results = sends.Submit();
        Submitted.Add(_added.Sum(a => (long)a.Length));
        for (var i = 0; i < _added.Count; i++)
            Untaken[_added[i].Descriptor] = _added[i].Length - Math.Max(0, results[i]);
        _added.Clear();
        return results;
    }

    public override void Dispose() => sends.Dispose();

    // RFC 8446, 5.1: a type, a version, a length.
    private static int CountRecords(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (; bytes.Length > 0; count++)
            bytes = bytes[(5 + ((bytes[3] << 8) | bytes[4]))..];
        return count;
    }
}
