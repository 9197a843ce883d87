using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parley.Client.Connection;
using Parley.Protocol.Framing;

namespace Parley.Client.Tests.Support;

/// <summary>A server on a real socket that says what a test writes down, and expects what a test expects: for what no good server does.</summary>
internal sealed class ScriptedServer : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    internal ScriptedServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new ServerAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port, UseTls: false);
    }

    internal ServerAddress Address { get; }

    internal const string ReadyFields =
        """
        "epoch":"e1","server":"scripted","user":{"id":1,"username":"alice"},"channels":[{"id":1,"name":"general","description":"","last_number":0,"read_number":0,"unread":0}],"conversations":[],"members":[]
        """;

    internal async Task<ScriptedConnection> AcceptAsync() => new(await Deadline.WithinAsync(_listener.AcceptAsync(), () => "a connection"));

    /// <summary>The next connection, as far as to its snapshot, for a client that comes by token.</summary>
    internal async Task<ScriptedConnection> AcceptByTokenAsync()
    {
        var connection = await AcceptAsync();
        await connection.ExpectAsync("hello", "ready", ReadyFields);
        return connection;
    }

    public void Dispose() => _listener.Dispose();
}

internal sealed class ScriptedConnection(Socket socket) : IDisposable
{
    private byte[] _received = [];

    internal async Task SendRawAsync(params byte[] bytes) => await socket.SendAsync(bytes);

    internal async Task SendAsync(string json)
    {
        var payload = Encoding.UTF8.GetBytes(json);
        await socket.SendAsync(
            (byte[])[(byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length, .. payload]);
    }

    /// <summary>The next request, which must be of this type; answered with these fields.</summary>
    internal async Task<JsonElement> ExpectAsync(string type, string answerType, string answerFields = "")
    {
        var request = await NextAsync();
        Assert.Equal(type, request.GetProperty("type").GetString());
        var fields = answerFields.Length == 0 ? "" : $",{answerFields}";
        await SendAsync($$"""{"type":"{{answerType}}","ref":{{request.GetProperty("ref").GetRawText()}}{{fields}}}""");
        return request;
    }

    internal async Task<JsonElement> NextAsync()
    {
        while (true)
        {
            if (FrameReader.TryRead(_received, out var payload, out var consumed) == FrameStatus.Complete)
            {
                using var json = JsonDocument.Parse(payload);
                _received = _received[consumed..];
                return json.RootElement.Clone();
            }

            var buffer = new byte[4096];
            var count = await Deadline.WithinAsync(socket.ReceiveAsync(buffer), () => "a request");
            Assert.True(count > 0, "The client closed the connection.");
            _received = [.. _received, .. buffer.AsSpan(0, count)];
        }
    }

    public void Dispose() => socket.Dispose();
}
