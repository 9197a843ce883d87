using System.Collections.Immutable;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// What a message of the server says of one room's log, as state and mirror both take it. A message whose number is covered, or was held already, is a row;
/// what those rows quote is kept as quotes, and other quotes are updated; everything else is left out.
/// </summary>
/// <param name="ChannelId">Whose log.</param>
public sealed record LogUpdate(ChannelId ChannelId)
{
    /// <summary>Messages as they are now, and quotes. They replace what is held, whatever that is.</summary>
    public ImmutableArray<Message> Messages { get; init; } = [];

    /// <summary>The numbers that are accounted for: between them no messages are but those told.</summary>
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
        var news = new LogUpdate(pushed.ChannelId) { Covers = [new NumberRange(e.Number, e.Number)] };
        if (EventKind.IsChange(e.Kind))
            return news with { Change = e };
        if (!EventKind.IsSaid(e.Kind))
            return news; // A kind that this client does not know: its number counts.
        // A page may have brought it before, with what changed it since.
        var said = log.Messages.GetValueOrDefault(e.MessageId) is { IsQuote: false } known ? known : Message.FromWire(e);
        return news with { Messages = e.ReplyTo is { } quoted ? [said, Message.FromWire(quoted, e.Number)] : [said] };
    }

    private static LogUpdate OfPage(RoomLog log, HistoryPage page, ReadHistory? ask, UserId? self)
    {
        var news = new LogUpdate(page.ChannelId);
        if (!IsUsable(log, page))
            return news;
        var messages = new Dictionary<MessageId, Message>();
        foreach (var told in page.Events.Where(e => EventKind.IsSaid(e.Kind)))
            messages[told.MessageId] = Message.FromWire(told);
        foreach (var quoted in page.Events.Select(e => e.ReplyTo).OfType<QuotedMessage>())
            messages.TryAdd(quoted.MessageId, Message.FromWire(quoted, page.AsOf ?? page.LastNumber));
        if (ask?.ChangedAfter is null || page.AsOf is null)
            return news with { Messages = UpToDate(messages.Values), Covers = CoversOf(page) };
        if (page.More || log.Gathered is not { } gathered || !log.IsBehind || ask.ChangedAfter != log.AsOf)
            return news with { Messages = UpToDate(messages.Values) };
        // The end of a catch-up: what was said since stands at its place, all at once.
        foreach (var earlier in gathered.Messages.Values)
            messages.TryAdd(earlier.Id, earlier);
        return news with
        {
            Messages = UpToDate(messages.Values),
            Covers = page.AsOf > gathered.From ? [new NumberRange(gathered.From + 1, page.AsOf.Value)] : [],
        };

        ImmutableArray<Message> UpToDate(IEnumerable<Message> told) => [.. told.Select(m => log.Changes.BringUpToDate(m, self))];
    }

    /// <summary>Whether the recent changes reach down to the number as of which the page was told. If not, it has to be asked for again.</summary>
    internal static bool IsUsable(RoomLog log, HistoryPage page) => page.AsOf is not { } asOf || asOf >= log.Changes.Floor;

    private static ImmutableArray<NumberRange> CoversOf(HistoryPage page) => page switch
    {
        { Covers: { } covers } => [new NumberRange(covers.First, covers.Last)],
        { AsOf: not null, Events: [] } => [],
        // A server that counts no rows: each number has its event. Should it leave a gap, that is known as one.
        _ => page.Events.Aggregate(ImmutableArray<NumberRange>.Empty, (ranges, e) => NumberRanges.Add(ranges, e.Number, e.Number)),
    };
}
