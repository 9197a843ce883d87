using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.Client.Connection;

namespace Parley.Client.Tests.Connection;

/// <summary>HTTP beside the connection, over real TLS: it trusts whom the connection trusts.</summary>
public sealed class HttpTests : IDisposable
{
    private readonly HttpsServer _server = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_pinned_is_asked_over_TLS()
    {
        await using var client = new ChatClient(_server.Address, NativeClientOptions.Create() with { Pin = _server.Fingerprint });
        using var http = client.CreateHttpClient();

        Assert.Equal("hello", await http.GetStringAsync(new Uri("f/1/hello.txt", UriKind.Relative), Cancel));
        Assert.StartsWith("GET /f/1/hello.txt HTTP/1.1", Assert.Single(_server.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Who_is_not_pinned_gets_nothing_of_a_request(string? pin)
    {
        await using var client = new ChatClient(_server.Address, NativeClientOptions.Create() with { Pin = Fingerprint.Parse(pin) });
        using var http = client.CreateHttpClient();

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync(new Uri("f/1/secret", UriKind.Relative), Cancel));

        Assert.Equal(HttpRequestError.SecureConnectionError, refused.HttpRequestError);
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task What_the_person_trusts_meanwhile_is_trusted_by_the_next_one()
    {
        await using var client = new ChatClient(_server.Address, NativeClientOptions.Create());
        client.Trust(_server.Fingerprint);

        using var http = client.CreateHttpClient();

        Assert.Equal("hello", await http.GetStringAsync(new Uri("f/1/hello.txt", UriKind.Relative), Cancel));
    }

    [Theory]
    [InlineData("chat.example.org", true, "https://chat.example.org:5050/")]
    [InlineData("::1", false, "http://[::1]:5050/")]
    public async Task It_is_the_server_s_own_address(string host, bool useTls, string expected)
    {
        await using var client = new ChatClient(new ServerAddress(host, 5050, useTls), NativeClientOptions.Create());

        using var http = client.CreateHttpClient();

        Assert.Equal(new Uri(expected), http.BaseAddress);
    }

    public void Dispose() => _server.Dispose();

    /// <summary>Answers every request over TLS with the same word, and remembers what it read.</summary>
    private sealed class HttpsServer : IDisposable
    {
        private readonly X509Certificate2 _certificate = MakeCertificate();
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly Task _loop;

        internal HttpsServer()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen();
            _loop = ServeAsync();
        }

        internal ServerAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port);

        internal Fingerprint Fingerprint => Fingerprint.Parse(_certificate.GetCertHashString(HashAlgorithmName.SHA256))!;

        internal List<string> Requests { get; } = [];

        public void Dispose()
        {
            _listener.Dispose();
            _certificate.Dispose();
        }

        private async Task ServeAsync()
        {
            while (true)
            {
                using var socket = await _listener.AcceptAsync(Cancel);
                await using var tls = new SslStream(new NetworkStream(socket));
                try
                {
                    await tls.AuthenticateAsServerAsync(_certificate);
                    var buffer = new byte[4_096];
                    if (await tls.ReadAsync(buffer, Cancel) is > 0 and var count)
                        Requests.Add(Encoding.ASCII.GetString(buffer, 0, count));
                    await tls.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello"u8.ToArray(), Cancel);
                }
                catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // Whoever asked did not trust it.
                }
            }
        }

        private static X509Certificate2 MakeCertificate()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=somebody else", key, HashAlgorithmName.SHA256);
            using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(80));
            return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        }
    }
}
