using System.Collections.Immutable;
using Parley.Client.Features.Messages;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.UI.Features.Messages;

/// <summary>Makes the rows of the message list: messages in groups, lines between days, the line above new messages. Pure.</summary>
internal sealed class MessageListRows
{
    /// <summary>Messages of one author within this time of the group's first stand as one group.</summary>
    internal static readonly TimeSpan GroupSpan = TimeSpan.FromMinutes(5);

    // How far before the window the first message of a group is searched. A longer group, which is rare, is split.
    private const int GroupLookBack = 200;

    private readonly List<MessageListRow> _rows = [];
    private readonly RoomLog _log;
    private readonly ImmutableArray<OutboxEntry> _outbox;
    private readonly TimeZoneInfo _zone;
    private UserId? _groupAuthor;
    private DateTimeOffset _groupStart;
    private DateOnly? _day;

    private MessageListRows(RoomLog log, ImmutableArray<OutboxEntry> outbox, TimeZoneInfo zone) => (_log, _outbox, _zone) = (log, outbox, zone);

    /// <summary>The rows for the messages of a window, and for what is on its way after them.</summary>
    /// <param name="log">The log.</param>
    /// <param name="window">The part of it that is in the page.</param>
    /// <param name="lastRead">The last number that was read: what comes after it is new; null where nothing is.</param>
    /// <param name="outbox">What is on its way: messages stand at the end where the window reaches the present, changes are in what they change.</param>
    /// <param name="self">Who wrote that.</param>
    /// <param name="zone">The reader's time zone.</param>
    internal static IReadOnlyList<MessageListRow> Build(
        RoomLog log, LogWindow window, long? lastRead, ImmutableArray<OutboxEntry> outbox, SelfState? self, TimeZoneInfo zone)
    {
        var rows = new MessageListRows(log, outbox, zone);
        if (window.RunIn(log) is { } run)
        {
            var shown = log.MessagesIn(run, window.First, window.Last).Where(LogWindow.IsShown).ToList();
            var previousNumber = shown is [var first, ..] ? rows.StartBefore(run, first) : run.First - 1;
            foreach (var message in shown.Select(rows.WithChanges).Where(LogWindow.IsShown))
            {
                if (previousNumber <= lastRead && lastRead < message.Number)
                    rows.AddNewDivider();
                previousNumber = message.Number;
                rows.Add(message);
            }
        }

        if (window.IsLive)
        {
            foreach (var message in outbox.OfType<PendingMessage>())
                rows.Add(message, self);
        }

        return rows._rows;
    }

    internal DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time, _zone).DateTime);

    // Finds out whether the window's first message continues a group, so that rows look the same wherever the window begins. Returns the number of the message
    // before it; where there is none, the number before the run.
    private long StartBefore(LogRun run, Message first)
    {
        var before = new Stack<Message>();
        var index = run.IndexFrom(first.Number);
        long? directlyBefore = null;
        while (--index >= 0 && before.Count < GroupLookBack && _log[run.Rows[index]] is var message)
        {
            if (!LogWindow.IsShown(message))
                continue;
            directlyBefore ??= message.Number;
            if (message.AuthorId != first.AuthorId)
                break;
            before.Push(message);
        }

        foreach (var message in before)
            Add(message);
        _rows.Clear();
        return directlyBefore ?? run.First - 1;
    }

    private void Add(Message message)
    {
        AddDay(message.Timestamp);
        var startsGroup = StartsGroup(message.AuthorId, message.Timestamp, message.Kind, message.ReplyTo);
        _rows.Add(new MessageListRow.Logged(message, startsGroup, QuotedBy(message.ReplyTo), PendingChanges.FailedOf(message, _outbox)));
    }

    private void Add(PendingMessage message, SelfState? self)
    {
        AddDay(message.WrittenAt);
        var startsGroup = StartsGroup(self?.Id ?? default, message.WrittenAt, message.Kind, message.ReplyTo);
        _rows.Add(new MessageListRow.Pending(message, startsGroup, QuotedBy(message.ReplyTo)));
    }

    private void AddDay(DateTimeOffset time)
    {
        var day = DayOf(time);
        if (_day == day)
            return;
        _day = day;
        _groupAuthor = null;
        _rows.Add(new MessageListRow.Day(day, 1 + _rows.Count(row => row is MessageListRow.Day other && other.Date == day)));
    }

    private void AddNewDivider()
    {
        _groupAuthor = null;
        _rows.Add(new MessageListRow.NewDivider());
    }

    private Message WithChanges(Message message) => PendingChanges.Apply(message, _outbox);

    private Message? QuotedBy(MessageId? replyTo) =>
        replyTo is { } id && _log.Messages.TryGetValue(id, out var quoted) ? WithChanges(quoted) : null;

    // An action is a sentence of its own: it neither continues a group nor starts one that others continue. What is quoted stands above the author.
    private bool StartsGroup(UserId author, DateTimeOffset time, MessageKind kind, MessageId? replyTo)
    {
        if (kind == MessageKind.Message && replyTo is null && _groupAuthor == author && time - _groupStart <= GroupSpan)
            return false;
        _groupAuthor = kind == MessageKind.Action ? null : author;
        _groupStart = time;
        return true;
    }
}
