using System.Globalization;
using System.Text.Json;

namespace Parley.Testing;

/// <summary>What the server says after a successful registration or login at level 1, in this order.</summary>
public sealed record Level1Login(JsonElement AuthResult, JsonElement ChannelInfo, JsonElement ChannelJoined)
{
    public string Token => AuthResult.Text("token") ?? throw new PeerException("auth_result without a token.");
}

/// <summary>What the server says after a successful registration or login at level 2; by token there is no auth_result.</summary>
public sealed record Level2Login(string Token, JsonElement Ready)
{
    /// <summary>The id of a channel in <see cref="Ready"/>.</summary>
    public long ChannelId(string name) => Ready.Items("channels").Single(c => c.Text("name") == name).Number("id");
}

/// <summary>The verbs of the protocol, for tests that are about something else than the verb itself.</summary>
public static class RawPeerVerbs
{
    /// <summary>Good enough a password for every test user.</summary>
    public const string Password = "correct horse";

    private static int _marks;

    /// <summary>Connects and registers at level 1.</summary>
    public static Task<RawPeer> ConnectLevel1Async(this ServerProcess server, string username, string password = Password) =>
        server.ConnectAndAsync(peer => peer.RegisterAsync(username, password));

    /// <summary>Connects, says hello and registers: level 2.</summary>
    public static async Task<(RawPeer Peer, Level2Login Login)> ConnectLevel2Async(this ServerProcess server, string username, string password = Password)
    {
        Level2Login? login = null;
        var peer = await server.ConnectAndAsync(async p => login = await p.RegisterLevel2Async(username, password));
        return (peer, login ?? throw new PeerException("There was no login."));
    }

    /// <summary>Level 1: registers, and takes the three messages that follow.</summary>
    public static Task<Level1Login> RegisterAsync(this RawPeer peer, string username, string password = Password) =>
        peer.EnterLevel1Async("auth_register", username, password);

    /// <summary>Level 1: logs in, and takes the three messages that follow.</summary>
    public static Task<Level1Login> LogInAsync(this RawPeer peer, string username, string password = Password) =>
        peer.EnterLevel1Async("auth_login", username, password);

    /// <summary>Says hello without a token, and takes the welcome: from here on the connection speaks level 2.</summary>
    public static async Task<JsonElement> HelloAsync(this RawPeer peer)
    {
        await peer.SendAsync(new { type = "hello", @ref = NextMark(), client = "raw peer" });
        return await peer.ReceiveAsync("welcome");
    }

    /// <summary>Level 2: hello, register, ready.</summary>
    public static Task<Level2Login> RegisterLevel2Async(this RawPeer peer, string username, string password = Password) =>
        peer.EnterLevel2Async("auth_register", username, password);

    /// <summary>Level 2: hello, log in, ready.</summary>
    public static Task<Level2Login> LogInLevel2Async(this RawPeer peer, string username, string password = Password) =>
        peer.EnterLevel2Async("auth_login", username, password);

    /// <summary>Level 2: comes back by token.</summary>
    public static async Task<Level2Login> ComeBackAsync(this RawPeer peer, string token)
    {
        await peer.SendAsync(new { type = "hello", @ref = NextMark(), token, client = "raw peer" });
        return new Level2Login(token, await peer.ReceiveAsync("ready"));
    }

    /// <summary>Level 2: asks, and returns the answer with the same ref; news on the way are passed over.</summary>
    /// <param name="peer">Who asks.</param>
    /// <param name="type">What.</param>
    /// <param name="fields">The other fields, by their wire names.</param>
    public static async Task<JsonElement> AskAsync(this RawPeer peer, string type, params (string Name, object? Value)[] fields)
    {
        var mark = NextMark();
        var message = new Dictionary<string, object?> { ["type"] = type, ["ref"] = mark };
        foreach (var (name, value) in fields)
            message[name] = value;
        await peer.SendAsync(message);
        return (await peer.CollectUntilAsync(m => m.IsAnswerTo(mark)))[^1];
    }

    /// <summary>Level 2: says something, and returns the ack.</summary>
    public static async Task<JsonElement> SayAsync(this RawPeer peer, long channelId, string content, string? nonce = null)
    {
        var answer = await peer.AskAsync("message", ("channel_id", channelId), ("content", content), ("nonce", nonce));
        return answer.Type() == "ack" ? answer : throw new PeerException($"An ack was expected: {answer}");
    }

    /// <summary>
    /// All that the server has said so far: asks something harmless and collects what comes before its answer. This is how a test sees that
    /// nothing came, without waiting for time.
    /// </summary>
    public static async Task<IReadOnlyList<JsonElement>> DrainAsync(this RawPeer peer)
    {
        var mark = NextMark();
        var type = string.Create(CultureInfo.InvariantCulture, $"drain-{mark}");
        await peer.SendAsync(new { type, @ref = mark });
        // Level 1 answers without a ref: with the type's name, or that one must log in first.
        var collected = await peer.CollectUntilAsync(m =>
            m.IsAnswerTo(mark)
            || (m.Type() == "error" && !m.Has("ref")
                && (m.Text("message") == $"Unknown message type: {type}" || m.Text("code") == "not_authenticated")));
        return [.. collected.SkipLast(1)];
    }

    private static async Task<Level1Login> EnterLevel1Async(this RawPeer peer, string type, string username, string password)
    {
        await peer.SendAsync(new { type, username, password });
        var result = await peer.ReceiveAuthResultAsync();
        return new Level1Login(result, await peer.ReceiveAsync("channel_info"), await peer.ReceiveAsync("channel_joined"));
    }

    private static async Task<Level2Login> EnterLevel2Async(this RawPeer peer, string type, string username, string password)
    {
        await peer.HelloAsync();
        await peer.SendAsync(new { type, @ref = NextMark(), username, password });
        var result = await peer.ReceiveAuthResultAsync();
        return new Level2Login(result.Text("token") ?? throw new PeerException("auth_result without a token."), await peer.ReceiveAsync("ready"));
    }

    private static async Task<JsonElement> ReceiveAuthResultAsync(this RawPeer peer)
    {
        var result = await peer.ReceiveAsync("auth_result");
        return result.GetProperty("success").GetBoolean() ? result : throw new PeerException($"The login was refused: {result}");
    }

    private static async Task<RawPeer> ConnectAndAsync(this ServerProcess server, Func<RawPeer, Task> enter)
    {
        var peer = await RawPeer.ConnectAsync(server);
        try
        {
            await enter(peer);
            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    private static bool IsAnswerTo(this JsonElement message, int mark) =>
        message.TryGetProperty("ref", out var reference) && reference.ValueKind == JsonValueKind.Number && reference.GetInt64() == mark;

    private static int NextMark() => Interlocked.Increment(ref _marks);
}
