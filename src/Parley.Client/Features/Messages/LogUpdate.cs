using System.Collections.Immutable;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// What a message of the server means for one room's log. State and mirror apply the same update. A message whose number is covered, or was held already, is a
/// row; the messages that rows answer are kept as quotes; quotes that are held are updated; everything else is left out.
/// </summary>
/// <param name="ChannelId">Whose log.</param>
public sealed record LogUpdate(ChannelId ChannelId)
{
    /// <summary>Messages in their present form, and quotes. They replace what is held.</summary>
    public ImmutableArray<Message> Messages { get; init; } = [];

    /// <summary>The numbers that the update is complete for: it has every message in these ranges.</summary>
    public ImmutableArray<NumberRange> Covers { get; init; } = [];

    /// <summary>An event that changes a message.</summary>
    public ChannelEvent? Change { get; init; }

    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => Messages.IsEmpty && Covers.IsEmpty && Change is null;

    /// <summary>What a message says; null where it is not about a log.</summary>
    /// <param name="state">What is known, before the message or after it.</param>
    /// <param name="message">The message.</param>
    /// <param name="ask">The request that it answers.</param>
    internal static LogUpdate? Of(ChatState state, ServerMessage message, Command? ask) => message switch
    {
        EventPushed pushed => OfEvent(state.LogOf(pushed.ChannelId), pushed),
        HistoryPage page => OfPage(state.LogOf(page.ChannelId), page, ask as ReadHistory, state.User?.Id),
        _ => null,
    };

    private static LogUpdate OfEvent(RoomLog log, EventPushed pushed)
    {
        var e = pushed.Event;
        var update = new LogUpdate(pushed.ChannelId) { Covers = [new NumberRange(e.Number, e.Number)] };
        if (EventKind.IsChange(e.Kind))
            return update with { Change = e };
        if (!EventKind.IsSaid(e.Kind))
            return update; // A kind that this client does not know: its number counts.
        // A page may have brought it before, with later changes in it.
        var said = log.Messages.GetValueOrDefault(e.MessageId) is { IsQuote: false } known ? known : Message.FromWire(e);
        return update with { Messages = e.ReplyTo is { } quoted ? [said, Message.FromWire(quoted, e.Number)] : [said] };
    }

    private static LogUpdate OfPage(RoomLog log, HistoryPage page, ReadHistory? ask, UserId? self)
    {
        var update = new LogUpdate(page.ChannelId);
        if (!IsUsable(log, page))
            return update;
        var messages = new Dictionary<MessageId, Message>();
        foreach (var told in page.Events.Where(e => EventKind.IsSaid(e.Kind)))
            messages[told.MessageId] = Message.FromWire(told);
        foreach (var quoted in page.Events.Select(e => e.ReplyTo).OfType<QuotedMessage>())
            messages.TryAdd(quoted.MessageId, Message.FromWire(quoted, page.AsOf ?? page.LastNumber));
        if (ask?.ChangedAfter is null || page.AsOf is null)
            return update with { Messages = UpToDate(messages.Values), Covers = CoversOf(page) };
        if (page.More || log.Collected is not { } collected || !log.IsBehind || ask.ChangedAfter != log.AsOf)
            return update with { Messages = UpToDate(messages.Values) };
        // The end of a catch-up: all collected messages are put into the log at once.
        foreach (var earlier in collected.Messages.Values)
            messages.TryAdd(earlier.Id, earlier);
        return update with
        {
            Messages = UpToDate(messages.Values),
            Covers = page.AsOf > collected.From ? [new NumberRange(collected.From + 1, page.AsOf.Value)] : [],
        };

        ImmutableArray<Message> UpToDate(IEnumerable<Message> told) => [.. told.Select(m => log.Changes.BringUpToDate(m, self))];
    }

    /// <summary>Whether the recent changes reach back to the number that the page is as of. If not, it has to be requested again.</summary>
    internal static bool IsUsable(RoomLog log, HistoryPage page) => page.AsOf is not { } asOf || asOf >= log.Changes.Floor;

    private static ImmutableArray<NumberRange> CoversOf(HistoryPage page) => page switch
    {
        { Covers: { } covers } => [new NumberRange(covers.First, covers.Last)],
        { AsOf: not null, Events: [] } => [],
        // A server that does not count rows sends an event for each number; a gap between them is a gap in the log.
        _ => page.Events.Aggregate(ImmutableArray<NumberRange>.Empty, (ranges, e) => NumberRanges.Add(ranges, e.Number, e.Number)),
    };
}
