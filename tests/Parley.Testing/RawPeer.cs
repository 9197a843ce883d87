using System.Buffers.Binary;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Parley.Testing;

/// <summary>
/// A peer that speaks bytes. It frames and reads JSON by itself, without a line of Parley.Protocol: what it and the server agree on is the
/// protocol and not the code. Not for several threads at once.
/// </summary>
public sealed class RawPeer : IAsyncDisposable
{
    private const int HeaderBytes = 4;
    private const int MaxPayloadBytes = 1_048_576;
    private const int KeptFrames = 20;

    private static readonly JsonSerializerOptions JsonOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Stream _stream;
    private readonly Queue<string> _lastFrames = new();
    private byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    private RawPeer(Socket socket, Stream stream)
    {
        Socket = socket;
        _stream = stream;
    }

    /// <summary>The socket below, for tests that stop reading, shut one half down, or cut the line.</summary>
    public Socket Socket { get; }

    /// <summary>The certificate that the server showed; null without TLS.</summary>
    public X509Certificate2? ServerCertificate { get; private init; }

    /// <summary>Connects as the server listens; with TLS the certificate must be the one that it announced.</summary>
    public static Task<RawPeer> ConnectAsync(ServerProcess server) =>
        server.UsesTls ? ConnectTlsAsync(server.Host, server.Port, server.Fingerprint) : ConnectAsync(server.Host, server.Port);

    /// <param name="host">Where the server is.</param>
    /// <param name="port">Its port.</param>
    /// <param name="from">Where the peer is: limits count addresses, and all of 127.0.0.0/8 is this machine.</param>
    public static async Task<RawPeer> ConnectAsync(string host, int port, System.Net.IPAddress? from = null)
    {
        var socket = await OpenAsync(host, port, from);
        return new RawPeer(socket, new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>Connects by TLS. <paramref name="fingerprint"/> is the SHA-256 that the certificate must have; null takes any.</summary>
    public static async Task<RawPeer> ConnectTlsAsync(
        string host, int port, string? fingerprint = null, SslProtocols protocols = SslProtocols.None)
    {
        var socket = await OpenAsync(host, port);
        var tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
        try
        {
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = host,
                EnabledSslProtocols = protocols,
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    certificate is not null && (fingerprint is null || Normalized(fingerprint) == certificate.GetCertHashString(HashAlgorithmName.SHA256)),
            }).WaitAsync(Deadline.Default);
        }
        catch
        {
            await tls.DisposeAsync();
            throw;
        }

        return new RawPeer(socket, tls) { ServerCertificate = new X509Certificate2(tls.RemoteCertificate!) };
    }

    public async Task SendBytesAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes).AsTask().WaitAsync(Deadline.Default);
        await _stream.FlushAsync();
    }

    /// <summary>Sends one frame with any payload.</summary>
    public Task SendFrameAsync(ReadOnlyMemory<byte> payload) => SendBytesAsync(Frame(payload.Span));

    /// <summary>Sends one frame with this text as its payload, JSON or not.</summary>
    public Task SendTextAsync(string text) => SendFrameAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>Sends an anonymous object as JSON, its members named as they stand: <c>SendAsync(new { type = "ping" })</c>.</summary>
    public Task SendAsync(object message) => SendFrameAsync(JsonSerializer.SerializeToUtf8Bytes(message, JsonOptions));

    /// <summary>The bytes of one frame.</summary>
    public static byte[] Frame(ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeaderBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length);
        payload.CopyTo(frame.AsSpan(HeaderBytes));
        return frame;
    }

    /// <inheritdoc cref="Frame(ReadOnlySpan{byte})"/>
    public static byte[] Frame(object message) => Frame(JsonSerializer.SerializeToUtf8Bytes(message, JsonOptions));

    /// <summary>The next frame. Fails where the connection ends instead, or nothing comes in time.</summary>
    public async Task<JsonElement> ReceiveAsync(TimeSpan? deadline = null) =>
        await ReceiveOrEndAsync(deadline) ?? throw new PeerException($"The server closed the connection; a frame was expected.{LastFrames()}");

    /// <summary>The next frame, which must be of this type.</summary>
    public async Task<JsonElement> ReceiveAsync(string type, TimeSpan? deadline = null)
    {
        var message = await ReceiveAsync(deadline);
        return message.Type() == type ? message : throw new PeerException($"A \"{type}\" was expected.{LastFrames()}");
    }

    /// <summary>The next frame of this type; others on the way are passed over.</summary>
    public async Task<JsonElement> SkipToAsync(string type, TimeSpan? deadline = null) =>
        (await CollectUntilAsync(m => m.Type() == type, deadline))[^1];

    /// <summary>Every frame up to and with the first that <paramref name="last"/> accepts.</summary>
    public async Task<IReadOnlyList<JsonElement>> CollectUntilAsync(Func<JsonElement, bool> last, TimeSpan? deadline = null)
    {
        var collected = new List<JsonElement>();
        do
            collected.Add(await ReceiveAsync(deadline));
        while (!last(collected[^1]));
        return collected;
    }

    /// <summary>Every frame up to the connection's end, which must come.</summary>
    public async Task<IReadOnlyList<JsonElement>> CollectUntilClosedAsync(TimeSpan? deadline = null)
    {
        var collected = new List<JsonElement>();
        while (await ReceiveOrEndAsync(deadline) is { } message)
            collected.Add(message);
        return collected;
    }

    /// <summary>The connection must end now, with no further frame.</summary>
    public async Task ExpectCloseAsync(TimeSpan? deadline = null)
    {
        if ((await CollectUntilClosedAsync(deadline)).Count > 0)
            throw new PeerException($"The connection was to close without another frame.{LastFrames()}");
    }

    /// <summary>Ends the connection as a crashed peer does: by RST, with nothing said.</summary>
    public void Cut()
    {
        Socket.LingerState = new LingerOption(true, 0);
        Socket.Dispose();
    }

    public ValueTask DisposeAsync()
    {
        ServerCertificate?.Dispose();
        return _stream.DisposeAsync();
    }

    private static async Task<Socket> OpenAsync(string host, int port, System.Net.IPAddress? from = null)
    {
        var socket = from is null ? new Socket(SocketType.Stream, ProtocolType.Tcp) : new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            if (from is not null)
                socket.Bind(new System.Net.IPEndPoint(from, 0));
            await socket.ConnectAsync(host, port).WaitAsync(Deadline.Default);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Normalized(string fingerprint) => fingerprint.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();

    // Null: the peer has closed the connection, in order or by RST.
    private async Task<JsonElement?> ReceiveOrEndAsync(TimeSpan? deadline)
    {
        using var timeout = new CancellationTokenSource(deadline ?? Deadline.Default);
        try
        {
            if (!await FillAsync(HeaderBytes, timeout.Token))
                return null;
            var length = BinaryPrimitives.ReadUInt32BigEndian(_buffer.AsSpan(_start));
            if (length > MaxPayloadBytes)
                throw new PeerException($"The server announced a payload of {length} bytes.{LastFrames()}");
            if (!await FillAsync(HeaderBytes + (int)length, timeout.Token))
                return null;
            return Take((int)length);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"No frame came within {(deadline ?? Deadline.Default).TotalSeconds:0} s.{LastFrames()}");
        }
    }

    private JsonElement Take(int length)
    {
        var payload = _buffer.AsMemory(_start + HeaderBytes, length);
        _start += HeaderBytes + length;
        if (_lastFrames.Count == KeptFrames)
            _lastFrames.Dequeue();
        _lastFrames.Enqueue(Encoding.UTF8.GetString(payload.Span[..Math.Min(length, 500)]));
        using var document = JsonDocument.Parse(payload);
        return document.RootElement.Clone();
    }

    private async Task<bool> FillAsync(int needed, CancellationToken cancellation)
    {
        if (_start + needed > _buffer.Length)
        {
            var target = needed > _buffer.Length ? new byte[Math.Max(needed, 2 * _buffer.Length)] : _buffer;
            Buffer.BlockCopy(_buffer, _start, target, 0, _end - _start);
            (_buffer, _end, _start) = (target, _end - _start, 0);
        }

        while (_end - _start < needed)
        {
            int received;
            try
            {
                received = await _stream.ReadAsync(_buffer.AsMemory(_end), cancellation);
            }
            catch (IOException)
            {
                received = 0; // RST: as much an end as any.
            }

            if (received == 0)
                return false;
            _end += received;
        }

        return true;
    }

    private string LastFrames() =>
        _lastFrames.Count == 0 ? " Nothing was received before." : $" The last frames received:\n{string.Join('\n', _lastFrames)}";
}
