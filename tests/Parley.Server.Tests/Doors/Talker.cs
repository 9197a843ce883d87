using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Parley.Server.Tests.Limits;

namespace Parley.Server.Tests.Doors;

/// <summary>What somebody heard: <c>#channel</c> or <c>@</c>, who, what; or in the place of who and what a new channel, or who came and went.</summary>
internal sealed record Heard(string Where, string Who, string Text);

/// <summary>Somebody who talks by some door.</summary>
internal abstract class Talker : IAsyncDisposable
{
    /// <summary>Lines come from here, all else from elsewhere.</summary>
    public const int AddressOfLines = 9;

    public static async Task<Talker> ComeAsync(LocalServer server, string door, int user)
    {
        Talker talker = door switch
        {
            "lines" => new LineTalker(await server.ConnectSocketAsync(AddressOfLines)),
            "level 1" => new Level1Talker(await server.ConnectAsync()),
            _ => new Level2Talker(await server.ConnectAsync()),
        };
        talker.Name = LocalServer.Name(user);
        Assert.Null(await talker.LogInAsync(LocalServer.Password));
        return talker;
    }

    public string Name { get; set; } = "";

    /// <summary>What is wrong with the login; null for nothing. Then the first screen is passed.</summary>
    public abstract Task<string?> LogInAsync(string password);

    public abstract Task SayAsync(string channel, string text);

    public abstract Task TellAsync(string name, string text);

    public abstract Task MakeAsync(string channel);

    /// <summary>The next that is heard of people or channels; answers are passed over.</summary>
    public abstract Task<Heard> HearAsync();

    /// <summary>The code of the next answer, which is a refusal.</summary>
    public abstract Task<string> RefusedAsync();

    /// <summary>The next that somebody says.</summary>
    public async Task<Heard> HearTalkAsync()
    {
        while (true)
        {
            if (await HearAsync() is { Where: ['#' or '@', ..] } heard)
                return heard;
        }
    }

    public abstract ValueTask DisposeAsync();
}

internal sealed class LineTalker(Socket socket) : Talker
{
    private readonly StreamReader _reader = new(new NetworkStream(socket, ownsSocket: true), Encoding.UTF8);

    public override async Task<string?> LogInAsync(string password)
    {
        await SendAsync($"login {Name} {password}");
        var answer = await LineAsync();
        return answer == $"hello {Name}" ? null : answer["no login ".Length..];
    }

    public override Task SayAsync(string channel, string text) => SendAsync($"say {channel} {text}");

    public override Task TellAsync(string name, string text) => SendAsync($"tell {name} {text}");

    public override Task MakeAsync(string channel) => SendAsync($"make {channel}");

    public override async Task<Heard> HearAsync()
    {
        while (true)
        {
            var words = (await LineAsync()).Split(' ', 3);
            switch (words)
            {
                case ["ok"]:
                    continue;
                case ["+", ['#', .. var channel]]:
                    return new Heard("+", "", channel);
                case ["~", var who, var text]:
                    return new Heard("~", who, text);
                case [var where, [.. var who, ':'], var text]:
                    return new Heard(where, who, text);
                default:
                    throw new PeerException($"Unexpected: {string.Join(' ', words)}");
            }
        }
    }

    public override async Task<string> RefusedAsync() => (await LineAsync()).Split(' ') is ["no", var code, ..] ? code : "";

    public override ValueTask DisposeAsync()
    {
        _reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task SendAsync(string line) => await socket.SendAsync(Encoding.UTF8.GetBytes(line + "\n"), SocketFlags.None);

    private async Task<string> LineAsync() =>
        await _reader.ReadLineAsync().WaitAsync(Deadline.Default) ?? throw new PeerException("The server closed the connection; a line was expected.");
}

/// <summary>What both levels have in common.</summary>
internal abstract class FrameTalker(RawPeer peer) : Talker
{
    private readonly Queue<Heard> _heard = new();

    protected RawPeer Peer { get; } = peer;

    public override async Task<string?> LogInAsync(string password)
    {
        await Peer.SendAsync(new { type = "auth_login", username = Name, password });
        return (await Peer.SkipToAsync("auth_result")).TryGetProperty("error", out var error) ? error.GetString() : null;
    }

    public override Task SayAsync(string channel, string text) => Peer.SendAsync(new { type = "message", channel, content = text });

    public override Task TellAsync(string name, string text) => Peer.SendAsync(new { type = "private_message", to = name, content = text });

    public override Task MakeAsync(string channel) => Peer.SendAsync(new { type = "channel_create", name = channel });

    public override async Task<Heard> HearAsync()
    {
        while (_heard.Count == 0)
        {
            foreach (var heard in Understand(await Peer.ReceiveAsync()))
                _heard.Enqueue(heard);
        }

        return _heard.Dequeue();
    }

    public override async Task<string> RefusedAsync() => (await Peer.SkipToAsync("error")).Text("code") ?? "";

    public override ValueTask DisposeAsync() => Peer.DisposeAsync();

    protected abstract IEnumerable<Heard> Understand(JsonElement message);
}

internal sealed class Level1Talker(RawPeer peer) : FrameTalker(peer)
{
    public override async Task<string?> LogInAsync(string password)
    {
        var error = await base.LogInAsync(password);
        if (error is null)
            await Peer.SkipToAsync("channel_joined");
        return error;
    }

    protected override IEnumerable<Heard> Understand(JsonElement message) => message.Type() switch
    {
        "message" => [new Heard($"#{message.Text("channel")}", message.Text("sender") ?? "", message.Text("content") ?? "")],
        "private_message" => [new Heard("@", message.Text("from") ?? "", message.Text("content") ?? "")],
        "channel_created" => [new Heard("+", "", message.GetProperty("channel").Text("name") ?? "")],
        "status_change" => [new Heard("~", message.Text("username") ?? "", message.Text("status") == "online" ? "is here" : "has gone")],
        _ => [],
    };
}

internal sealed class Level2Talker(RawPeer peer) : FrameTalker(peer)
{
    private readonly Dictionary<long, string> _places = [];

    public override async Task<string?> LogInAsync(string password)
    {
        await Peer.SendAsync(new { type = "hello" });
        await Peer.ReceiveAsync("welcome");
        var error = await base.LogInAsync(password);
        if (error is not null)
            return error;
        var ready = await Peer.ReceiveAsync("ready");
        foreach (var channel in ready.GetProperty("channels").EnumerateArray())
            _places[channel.GetProperty("id").GetInt64()] = $"#{channel.Text("name")}";
        return null;
    }

    protected override IEnumerable<Heard> Understand(JsonElement message)
    {
        switch (message.Type())
        {
            case "event":
                var said = message.GetProperty("event");
                return [new Heard(_places[message.GetProperty("channel_id").GetInt64()], said.Text("author") ?? "", said.Text("content") ?? "")];
            case "conversation_opened":
                _places[message.GetProperty("conversation").GetProperty("id").GetInt64()] = "@";
                return [];
            case "channel_created":
                var channel = message.GetProperty("channel");
                _places[channel.GetProperty("id").GetInt64()] = $"#{channel.Text("name")}";
                return [new Heard("+", "", channel.Text("name") ?? "")];
            case "presence":
                return message.GetProperty("members").EnumerateArray().Select(Shown);
            default:
                return [];
        }
    }

    private static Heard Shown(JsonElement member) => new("~", member.Text("username") ?? "", member.Text("status") == "online" ? "is here" : "has gone");
}
