using System.Globalization;
using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Support;

/// <summary>What level 2 says of a log.</summary>
internal static class Log
{
    /// <summary>An <c>event</c> as it must be, with its nonce where there was one.</summary>
    public static string Event(long channel, long number, Peer author, string content, string kind = "message", string? nonce = null)
    {
        var frame = new JsonObject
        {
            ["type"] = "event",
            ["channel_id"] = channel,
            ["event"] = new JsonObject
            {
                ["number"] = number,
                ["kind"] = kind,
                ["message_id"] = "<id>",
                ["author_id"] = "<id>",
                ["author"] = author.Name,
                ["content"] = content,
                ["timestamp"] = "<time>",
            },
        };
        if (nonce is not null)
            frame["nonce"] = nonce;
        return frame.ToJsonString(Relaxed);
    }

    public static long EventNumber(this Frame live) => live["event"]!["number"]!.GetValue<long>();

    public static string EventContent(this Frame live) => live["event"]!["content"]!.GetValue<string>();

    public static IReadOnlyList<long> Numbers(this Frame page) => [.. page.List("events").Select(e => e["number"]!.GetValue<long>())];

    public static IReadOnlyList<string> Contents(this Frame page) => page.Names("events", "content");

    public static bool More(this Frame page) => page["more"]!.GetValue<bool>();

    /// <summary>The state of a channel in <c>ready</c>.</summary>
    public static JsonNode ChannelIn(this Frame ready, long id) => ready.List("channels").Single(c => c["id"]!.GetValue<long>() == id);

    /// <summary>The conversation with somebody in <c>ready</c>; null where there is none.</summary>
    public static JsonNode? ConversationIn(this Frame ready, string name) =>
        ready.List("conversations").SingleOrDefault(c => c["with"]!["username"]!.GetValue<string>() == name);

    public static IEnumerable<long> From(long first, long count) => Enumerable.Range(0, (int)count).Select(i => first + i);

    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static System.Text.Json.JsonSerializerOptions Relaxed { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
