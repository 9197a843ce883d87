using Parley.Protocol.Wire;

namespace Parley.Server.Storage.Logs;

/// <summary>How far a channel's log goes, during a run.</summary>
internal sealed class ChannelCounter
{
    private readonly ChannelId _channel;
    private MessageId? _lastMessage;
    private bool _hasMoved;

    private ChannelCounter(ChannelId channel, long lastNumber, long messageCount)
    {
        _channel = channel;
        LastNumber = lastNumber;
        MessageCount = messageCount;
    }

    /// <summary>The number of the latest event.</summary>
    public long LastNumber { get; private set; }

    /// <summary>How many of the events are messages or actions.</summary>
    public long MessageCount { get; private set; }

    public static ChannelCounter Read(DatabaseConnection db, ChannelId channel) =>
        db.Prepare("SELECT last_number, message_count FROM channels WHERE id = @channel")
            .Set("@channel", channel.Value)
            .First(r => new ChannelCounter(channel, r.Integer(0), r.Integer(1))) ?? throw new InvalidOperationException("The channel is gone.");

    /// <summary>Counts a message that was placed behind the latest event.</summary>
    public void Count(MessagePosition position)
    {
        LastNumber = position.Number;
        MessageCount++;
        _lastMessage = position.Id;
        _hasMoved = true;
    }

    /// <summary>Counts an event that says nothing, and gives its number.</summary>
    public long CountChange()
    {
        _hasMoved = true;
        return ++LastNumber;
    }

    /// <summary>Writes it back, where it moved.</summary>
    public void Write(DatabaseConnection db)
    {
        if (!_hasMoved)
            return;
        var update = _lastMessage is { } message
            ? db.Prepare("UPDATE channels SET last_number = @number, message_count = @count, last_message_id = @message WHERE id = @channel")
                .Set("@count", MessageCount)
                .Set("@message", message.Value)
            : db.Prepare("UPDATE channels SET last_number = @number WHERE id = @channel");
        update.Set("@number", LastNumber).Set("@channel", _channel.Value).Execute();
    }
}
