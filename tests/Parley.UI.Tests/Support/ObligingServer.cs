using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parley.Client.Connection;

namespace Parley.UI.Tests.Support;

/// <summary>
/// A server on a real socket that lets everybody in as alice (by password as if that were a one-time one), says <c>done</c> to whatever is asked, and tells
/// nobody anything.
/// </summary>
internal sealed class ObligingServer : IAsyncDisposable
{
    private const string Ready =
        """
        "type":"ready","epoch":"e1","server":"obliging","user":{"id":1,"username":"alice"},"channels":[],"conversations":[],"members":[{"id":1,"username":"alice","status":"online"}]
        """;

    private const string Busy = """ "type":"error","code":"busy","message":"Try again later." """;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<JsonElement> _asked = [];
    private readonly Task _serving;
    private int _refusals;

    /// <param name="refusals">So many greetings are refused for now.</param>
    internal ObligingServer(int refusals = 0)
    {
        _refusals = refusals;
        _listener.Start();
        Address = new ServerAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port, UseTls: false);
        _serving = AcceptAsync();
    }

    internal ServerAddress Address { get; }

    /// <summary>Who may make an account, as it tells whoever comes without a token; null lets those in, too.</summary>
    internal string? Joining { get; set; }

    /// <summary>What is refused for now, whoever asks for it.</summary>
    internal string? Refuses { get; set; }

    /// <summary>What was asked of this type so far.</summary>
    internal IReadOnlyList<JsonElement> Asked(string type)
    {
        lock (_gate)
            return [.. _asked.Where(request => request.GetProperty("type").GetString() == type)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _serving;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        List<Task> connections = [];
        try
        {
            while (true)
                connections.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        var stream = client.GetStream();
        var length = new byte[4];
        try
        {
            while (true)
            {
                await stream.ReadExactlyAsync(length, _stop.Token);
                var payload = new byte[BinaryPrimitives.ReadInt32BigEndian(length)];
                await stream.ReadExactlyAsync(payload, _stop.Token);
                using var json = JsonDocument.Parse(payload);
                foreach (var answer in Answers(json.RootElement.Clone()))
                    await stream.WriteAsync(RawPeer.Frame(Encoding.UTF8.GetBytes(answer)), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // One side has gone.
        }
    }

    private IEnumerable<string> Answers(JsonElement request)
    {
        lock (_gate)
            _asked.Add(request);
        yield return $$"""{"ref":{{request.GetProperty("ref").GetRawText()}},{{Fields(request)}}}""";
        if (Type(request) == "auth_login")
            yield return $"{{{Ready}}}";
        if (Type(request) == "logout")
            yield return """{"type":"closing","reason":"logged_out","message":"You are logged out.","reconnect":"never"}""";
    }

    private string Fields(JsonElement request) => Type(request) switch
    {
        var type when type == Refuses => Busy,
        "hello" when Joining is { } joining && !request.TryGetProperty("token", out _) => $""" "type":"welcome","level":2,"server":"obliging","joining":"{joining}" """,
        "hello" => Interlocked.Decrement(ref _refusals) >= 0 ? Busy : Ready,
        "auth_login" or "password_change" => $""" "type":"auth_result","success":true,"token":"{new string('1', 64)}","username":"alice","one_time":{(Type(request) == "auth_login" ? "true" : "false")} """,
        _ => "\"type\":\"done\"",
    };

    private static string? Type(JsonElement request) => request.GetProperty("type").GetString();
}
