using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Support;

/// <summary>A connection of a test's. What people of earlier tests still do while they go is passed over; everything else must be expected.</summary>
public sealed class Peer(RawPeer raw, Func<string, bool> isOfThisTest) : IAsyncDisposable
{
    private readonly Queue<Frame> _passedOver = new();
    private long _lastRef;

    public RawPeer Raw { get; } = raw;

    public string Name { get; set; } = "";

    public string Token { get; set; } = "";

    public bool IsLevel2 { get; set; }

    /// <summary>Nothing comes from it any more.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Level 1: the current channel.</summary>
    public string? Channel { get; set; }

    /// <summary>Level 2: <c>presence</c> comes when it comes, so only the tests of presence hear it.</summary>
    public bool HearsPresence { get; set; }

    public Task SendAsync(object message) => Raw.SendTextAsync(Json.Write(message));

    public Task SendTextAsync(string payload) => Raw.SendTextAsync(payload);

    /// <summary>Several frames in one write.</summary>
    public Task SendTogetherAsync(IEnumerable<object> messages) => Raw.SendBytesAsync(messages.SelectMany(m => Bytes(Json.Write(m))).ToArray());

    public static byte[] Bytes(string payload) => RawPeer.Frame(System.Text.Encoding.UTF8.GetBytes(payload));

    public async Task<Frame> NextAsync()
    {
        if (_passedOver.TryDequeue(out var earlier))
            return earlier;
        return await ReadAsync();
    }

    public async Task<Frame> NextAsync(string type)
    {
        var frame = await NextAsync();
        Assert.True(frame.Type == type, $"A '{type}' was expected, got {frame}");
        return frame;
    }

    public async Task<IReadOnlyList<Frame>> NextAsync(int count)
    {
        var frames = new List<Frame>();
        while (frames.Count < count)
            frames.Add(await NextAsync());
        return frames;
    }

    public async Task<Frame> SkipToAsync(string type) => await SkipToAsync(f => f.Type == type);

    public async Task<Frame> SkipToAsync(Func<Frame, bool> chosen)
    {
        while (true)
        {
            var frame = await NextAsync();
            if (chosen(frame))
                return frame;
        }
    }

    /// <summary>Sends, and takes the very next frame.</summary>
    public async Task<Frame> AskAsync(object message)
    {
        await SendAsync(message);
        return await NextAsync();
    }

    /// <summary>Sends, and takes the first frame of that type.</summary>
    public async Task<Frame> SkipAndAskAsync(object message, string type)
    {
        await SendAsync(message);
        return await SkipToAsync(type);
    }

    /// <summary>Level 2: sends with a <c>ref</c> and returns the answer without it; what comes before the answer is kept for <see cref="NextAsync()"/>.</summary>
    public async Task<Frame> RequestAsync(object message)
    {
        var request = JsonSerializer.SerializeToNode(message)!.AsObject();
        var reference = ++_lastRef;
        request["ref"] = reference;
        await SendTextAsync(request.ToJsonString());
        while (true)
        {
            var frame = await ReadAsync();
            if (!frame.Has("ref"))
            {
                _passedOver.Enqueue(frame);
                continue;
            }

            Assert.True(frame.Number("ref") == reference, $"The answer to ref {reference} was expected, got {frame}");
            var answer = JsonNode.Parse(frame.Raw)!.AsObject();
            answer.Remove("ref");
            return new Frame(answer.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
        }
    }

    /// <summary>Level 2: says something in a channel or conversation, and returns the acknowledgement.</summary>
    public async Task<Frame> SayAsync(long channel, string content, string? nonce = null)
    {
        var ack = await RequestAsync(new { type = "message", channel_id = channel, content, nonce });
        Assert.True(ack.Type == "ack", $"An ack was expected, got {ack}");
        return ack;
    }

    /// <summary>Level 2: a page of a log.</summary>
    public async Task<Frame> HistoryAsync(long channel, long? after = null, long? before = null, int? limit = null)
    {
        var page = await RequestAsync(new { type = "history", channel_id = channel, after, before, limit });
        return page.ShouldBe(new { type = "history", channel_id = channel, events = "<list>", last_number = page["last_number"], more = page["more"], as_of = page["last_number"] });
    }

    /// <summary>Asks something harmless: its answer must be the very next frame, so nothing had been sent to this connection before.</summary>
    public async Task HeardNothingAsync()
    {
        if (IsLevel2)
        {
            (await RequestAsync(new { type = "ping" })).ShouldBe(new { type = "pong" });
            Assert.True(_passedOver.Count == 0, $"Nothing was expected, got {string.Join(", ", _passedOver)}");
            return;
        }

        (await AskAsync(new { type = "nothing-yet" })).ShouldBeError("unknown", "Unknown message type: nothing-yet");
    }

    /// <summary>The connection ends; returns what came before.</summary>
    public async Task<IReadOnlyList<Frame>> EndAsync()
    {
        HasEnded = true;
        return [.. _passedOver, .. (await Raw.CollectUntilClosedAsync()).Select(e => new Frame(e.GetRawText())).Where(IsMeant)];
    }

    public ValueTask DisposeAsync()
    {
        HasEnded = true;
        return Raw.DisposeAsync();
    }

    private async Task<Frame> ReadAsync()
    {
        while (true)
        {
            var frame = new Frame((await Raw.ReceiveAsync()).GetRawText());
            if (IsMeant(frame))
                return frame;
        }
    }

    private bool IsMeant(Frame frame) => frame.Type switch
    {
        "user_joined" or "user_left" or "status_change" => isOfThisTest(frame.Text("username")),
        "presence" => HearsPresence,
        _ => true,
    };
}
