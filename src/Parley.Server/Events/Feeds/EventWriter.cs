using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Events.Visibility;

namespace Parley.Server.Events.Feeds;

/// <summary>
/// Writes an event for its audience: once for each feed whose receivers are told of it, or for single receivers. It belongs to the fan-out's thread.
/// </summary>
internal sealed partial class EventWriter(FeedTable feeds, Attendance attendance, Sender sender, ILogger logger)
{
    /// <summary>Writes for all of the audience who take part in a feed.</summary>
    public void Write(ServerEvent happened)
    {
        if (happened.Audience.Kind == AudienceKind.Users)
        {
            foreach (var receiver in attendance.ReceiversOf(happened.Audience.First, happened.Audience.Second))
            {
                if (receiver.Feed is not null && receiver.IsTold(happened))
                    WriteTo(receiver, happened);
            }

            return;
        }

        foreach (var ofDialect in feeds.Dialects)
            WriteToFeeds(ofDialect, happened);
    }

    /// <summary>Writes for one receiver, after what it has coming so far.</summary>
    public void WriteTo(Receiver receiver, ServerEvent happened)
    {
        Append(happened, receiver.Dialect, receiver.Visible ?? feeds.PrivateChannels.Everyone, sender.OwnBlock(receiver));
        receiver.Dialect.Told(receiver, happened);
    }

    private void WriteToFeeds(DialectFeeds ofDialect, ServerEvent happened)
    {
        WriteToWhoSees(ofDialect.ToAll, happened);
        for (var i = 0; i < ofDialect.OfSets.Count; i++)
            WriteToWhoSees(ofDialect.OfSets[i], happened);
        if (happened.Audience.Kind == AudienceKind.Channel)
        {
            if (ofDialect.ByChannel.TryGetValue(happened.Audience.Channel, out var ofChannel))
                WriteToFeed(ofChannel, happened); // Who listens to a channel alone sees it.
            return;
        }

        WriteToWhoSees(ofDialect.ToNone, happened);
        foreach (var feed in ofDialect.ByChannel.Values)
            WriteToWhoSees(feed, happened);
    }

    private void WriteToWhoSees(Feed feed, ServerEvent happened)
    {
        if (happened.Audience.Kind == AudienceKind.Everyone)
        {
            WriteToFeed(feed, happened);
            return;
        }

        var start = feed.Block.Length;
        if (feed.Set.Sees(happened.Audience.Channel))
            WriteToFeed(feed, happened);
        if (feed.ReceiversWithExceptions.Count > 0)
            WriteToReceiversWithExceptions(feed, happened, start);
    }

    // What tells a channel to whoever sees it may be said in words that depend on all that they see.
    private void WriteToReceiversWithExceptions(Feed feed, ServerEvent happened, int start)
    {
        foreach (var receiver in feed.ReceiversWithExceptions)
        {
            if (happened.Audience.Kind == AudienceKind.Channel && receiver.Visible?.Excepts(happened.Audience.Channel) != true)
                continue;
            if (feed.Block.Length > start)
                sender.LeaveOut(receiver, feed, start);
            if (receiver.IsTold(happened))
                WriteTo(receiver, happened);
        }
    }

    private void WriteToFeed(Feed feed, ServerEvent happened)
    {
        if (feed.Receivers.Count == 0)
            return;
        var start = feed.Block.Length;
        Append(happened, feed.Dialect, feed.Set, feed.Block);
        if (feed.Block.Length == start)
            return;
        if (happened.Audience.Except is { } except)
        {
            foreach (var receiver in attendance.ReceiversOf(except, except))
                sender.LeaveOut(receiver, feed, start);
        }

        sender.Wrote(feed);
    }

    // Half an event must not go to those who share the block, and who gets it by another block or in other words gets it still.
    private void Append(ServerEvent happened, Dialect dialect, VisibleSet seen, ByteBlock block)
    {
        var start = block.Length;
        try
        {
            dialect.Write(block, happened, seen);
        }
#pragma warning disable CA1031 // One event's fault is its own, as one item's is (FanOut).
        catch (Exception e)
#pragma warning restore CA1031
        {
            block.TakeBackTo(start);
            Log.EventFailed(logger, e, happened.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 2003, Level = LogLevel.Error, Message = "The fan-out could not write {What}.")]
        public static partial void EventFailed(ILogger logger, Exception exception, string what);
    }
}
