using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Parley.Server.Tests.Hostile;

namespace Parley.Server.Tests.Program;

/// <summary>A room of TLS connections that is large enough for broadcasts in one batch, at a real server.</summary>
public sealed class TlsRoomTests
{
    private const byte Alert = 21;
    private const byte ApplicationData = 23;
    private const int HeadBytes = 5;
    private const int Lines = 3_600; // 7 MB for each: more than the kernel holds, and 1 MiB.

    /// <summary>Without the ring (PARLEY_IO_URING=0) the same bytes leave by a send for each.</summary>
    [Theory]
    [InlineData(SslProtocols.Tls13, null)]
    [InlineData(SslProtocols.Tls13, "0")]
    [InlineData(SslProtocols.Tls12, null)]
    [InlineData(SslProtocols.Tls12, "0")]
    public async Task A_room_hears_everything_in_order_while_some_stop_reading_and_some_are_cut(SslProtocols version, string? ring)
    {
        await using var town = await Town.StartAsync(new Dictionary<string, string?> { ["PARLEY_IO_URING"] = ring }, "--no-limits");
        var listeners = await EnterAsync(town, version, Enumerable.Range(2, 14));
        var stopped = await EnterAsync(town, version, Enumerable.Range(16, 3));
        var cut = await EnterAsync(town, version, Enumerable.Range(19, 5));
        await using var author = await town.EnterAsync(1);
        stopped.ForEach(p => p.Socket.ReceiveBufferSize = 4096);
        var heard = listeners.Select(HearAsync).ToArray();
        var content = new string('x', 2000);

        for (var sent = 0; sent < Lines; sent += 50)
        {
            var frames = Enumerable.Range(sent, 50).SelectMany(n => RawPeer.Frame(new { type = "message", @ref = n, channel_id = 1, content }));
            await author.SendBytesAsync(frames.ToArray());
            if (sent / 50 < cut.Count)
                cut[sent / 50].Cut();
            await author.CollectUntilAsync(m => m.Type() == "ack" && m.Number("ref") == sent + 49);
        }

        foreach (var numbers in heard)
            Assert.Equal(Enumerable.Range(1, Lines).Select(n => (long)n), await numbers);
        // They were closed, after a part without a gap.
        foreach (var peer in stopped)
        {
            var taken = (await peer.CollectUntilClosedAsync()).Where(m => m.Type() == "event").Select(m => m.GetProperty("event").Number("number")).ToList();
            Assert.Equal(Enumerable.Range(1, taken.Count).Select(n => (long)n), taken);
            Assert.InRange(taken.Count, 1, Lines - 1);
        }

        foreach (var peer in listeners.Concat(stopped))
            await peer.DisposeAsync();
    }

    /// <summary>Without close_notify a peer cannot know that nothing was cut off (RFC 8446, section 6.1).</summary>
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task A_connection_that_the_server_ends_in_order_ends_with_close_notify(SslProtocols version)
    {
        await using var server = await ServerProcess.StartAsync("--no-limits");
        using var socket = new TcpClient(server.Host, server.Port);
        await using var recorder = new RecordingStream(socket.GetStream());
        await using var tls = new SslStream(recorder);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = server.Host,
            EnabledSslProtocols = version,
            RemoteCertificateValidationCallback = (_, shown, _, _) => shown is not null, // By its fingerprint: TlsTests.
        }).WaitAsync(Deadline.Default);

        await tls.WriteAsync(new byte[] { 0xFF, 0xFF, 0xFF, 0xFF }); // No frame of this protocol.
        while (await tls.ReadAsync(new byte[4096]).AsTask().WaitAsync(Deadline.Default) > 0)
        {
            // Whatever it says before it ends.
        }

        var (type, length) = recorder.Records()[^1];
        // TLS 1.3 seals the type, too: what tells an alert is its length, two bytes with the true type and the tag behind them.
        Assert.Equal(version == SslProtocols.Tls13 ? (ApplicationData, 2 + 1 + 16) : (Alert, 8 + 2 + 16), (type, length));
    }

    /// <summary>What its TLS can make nothing of ends a connection, without a fault that reaches anybody else or the log.</summary>
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Garbage_after_the_handshake_ends_its_own_connection_alone(SslProtocols version)
    {
        await using var town = await Town.StartAsync("--no-limits");
        var others = await EnterAsync(town, version, Enumerable.Range(2, 10));

        byte[] sealedByNobody = [ApplicationData, 3, 3, 0, 32, .. new byte[32]];
        byte[] noRecord = [.. Enumerable.Repeat((byte)'a', 500)];
        byte[] tooLong = [ApplicationData, 3, 3, 0xFF, 0xFF, .. new byte[70_000]];
        foreach (var garbage in (byte[][])[sealedByNobody, noRecord, tooLong])
        {
            await using var vandal = await RawPeer.ConnectTlsAsync(town.Server.Host, town.Server.Port, town.Server.Fingerprint, version);
            await vandal.Socket.SendAsync(garbage).WaitAsync(Deadline.Default); // Past its TLS.
            await vandal.CollectUntilClosedAsync();
        }

        await others[0].SayAsync(1, "nobody noticed");
        foreach (var other in others)
        {
            Assert.Equal("nobody noticed", (await other.SkipToAsync("event")).GetProperty("event").Text("content"));
            await other.DisposeAsync();
        }

        await town.Server.TerminateAsync();
        Assert.DoesNotContain(town.Server.ErrorLines.Concat(town.Server.OutputLines), l => l.Contains("fault", StringComparison.Ordinal));
    }

    private static async Task<List<RawPeer>> EnterAsync(Town town, SslProtocols version, IEnumerable<int> users)
    {
        var peers = new List<RawPeer>();
        foreach (var user in users)
        {
            peers.Add(await RawPeer.ConnectTlsAsync(town.Server.Host, town.Server.Port, town.Server.Fingerprint, version));
            await peers[^1].LogInLevel2Async(Town.Name(user));
        }

        return peers;
    }

    private static async Task<IReadOnlyList<long>> HearAsync(RawPeer peer)
    {
        var numbers = new List<long>();
        while (numbers.Count < Lines)
            numbers.Add((await peer.SkipToAsync("event")).GetProperty("event").Number("number"));
        return numbers;
    }

    /// <summary>Keeps what is read through it.</summary>
    private sealed class RecordingStream(Stream inner) : Stream
    {
        private readonly List<byte> _read = [];

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        /// <summary>Types and lengths of the whole TLS records so far.</summary>
        public List<(byte Type, int Length)> Records()
        {
            var records = new List<(byte Type, int Length)>();
            for (var at = 0; at + HeadBytes <= _read.Count; at += HeadBytes + records[^1].Length)
                records.Add((_read[at], (_read[at + 3] << 8) | _read[at + 4]));
            return records;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var count = await inner.ReadAsync(buffer, cancellationToken);
            _read.AddRange(buffer.Span[..count]);
            return count;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            inner.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
