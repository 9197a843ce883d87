using System.Text;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;

namespace Parley.Server.Features.Messages;

/// <summary>How many events fit one frame. Messages of today always do; an older file may hold longer ones.</summary>
internal static class FrameBudget
{
    // Half a frame: a character may take two bytes where JSON escapes it, and the fields around the content take about 200 a message.
    private const int MostBytes = FrameLimits.MaxPayloadBytes / 2;
    private const int FieldBytes = 200;
    private const int IdBytes = 20;
    private const int ReactionBytes = 120;

    /// <summary>The first events of <paramref name="events"/> that fit; at least one.</summary>
    public static List<ChannelEvent> Take(List<ChannelEvent> events)
    {
        var bytes = 0;
        for (var i = 0; i < events.Count; i++)
        {
            bytes += BytesOf(events[i]);
            if (bytes > MostBytes && i > 0)
                return events.GetRange(0, i);
        }

        return events;
    }

    private static int BytesOf(ChannelEvent told)
    {
        var quote = told.ReplyTo is { } quoted ? FieldBytes + Encoding.UTF8.GetByteCount(quoted.Content) : 0;
        return FieldBytes + Encoding.UTF8.GetByteCount(told.Content) + (IdBytes * (told.Mentions?.All.Count ?? 0)) + quote + (ReactionBytes * (told.Reactions?.Count ?? 0));
    }
}
