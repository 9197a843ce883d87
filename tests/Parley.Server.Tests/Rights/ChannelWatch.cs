using System.Text.Json;

namespace Parley.Server.Tests.Rights;

/// <summary>A channel as its messages show it to one connection: while it is seen its events come without a gap, and else none.</summary>
internal sealed class ChannelWatch(long channel, bool isSeen, long number)
{
    private bool _isSeen = isSeen;
    private long _number = number;

    public int Lost { get; private set; }

    public int Appeared { get; private set; }

    /// <summary>From what a first screen says.</summary>
    public static ChannelWatch Of(long channel, IEnumerable<JsonElement> channels)
    {
        var listed = channels.Where(c => c.Number("id") == channel).ToList();
        return listed.Count == 0 ? new ChannelWatch(channel, isSeen: false, 0) : new ChannelWatch(channel, isSeen: true, listed[0].Number("last_number"));
    }

    public void Follow(IEnumerable<JsonElement> messages)
    {
        foreach (var message in messages)
            Follow(message);
    }

    private void Follow(JsonElement message)
    {
        switch (message.Type())
        {
            case "event" when message.Number("channel_id") == channel:
                Assert.True(_isSeen, $"After the last word: {message}");
                Assert.Equal(_number + 1, message.GetProperty("event").Number("number"));
                _number++;
                break;
            case "history":
                Assert.True(_isSeen, $"After the last word: {message}");
                break;
            case "channel_removed":
                Lost++;
                _isSeen = false;
                break;
            case "channel_created":
                Appeared++;
                _isSeen = true;
                _number = message.GetProperty("channel").Has("last_number") ? message.GetProperty("channel").Number("last_number") : 0;
                break;
            case "channel_info" when message.Items("channels").Where(c => c.Number("id") == channel).ToList() is [var listed]:
                // A page may tell of a channel before the channel says by itself that it is there.
                _isSeen = true;
                _number = listed.Number("last_number");
                break;
        }
    }
}
