using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Support;

/// <summary>
/// One room of a server whose messages change, written as plainly as can be from docs/protocol.md: a list of events, and what each message says is found
/// out anew for each question. It shares no code with the client but the records of the wire.
/// </summary>
internal sealed class ModelRoom(ChannelId id, string name)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly List<ChannelEvent> _events = [];
    private readonly Dictionary<MessageId, MessageId> _replies = [];
    private readonly Dictionary<MessageId, List<ChannelEvent>> _changes = [];
    private readonly Dictionary<MessageId, ChannelEvent> _said = [];
    private readonly List<(UserId User, long Number)> _meant = [];

    internal ChannelId Id => id;

    internal string Name => name;

    internal long LastNumber => _events.Count;

    internal IReadOnlyList<ChannelEvent> Events => _events;

    /// <summary>The messages that can be changed.</summary>
    internal IReadOnlyList<MessageId> Messages => [.. _said.Keys];

    internal ChannelEvent Say(UserId author, string content, MessageId? replyTo = null, UserIds? mentions = null)
    {
        var message = new MessageId((id.Value * 1_000_000) + LastNumber + 1);
        if (replyTo is { } answered)
            _replies[message] = answered;
        var said = _said[message] = Add(new ChannelEvent(LastNumber + 1, EventKind.Message, message, author, NameOf(author), content, NextTime, mentions));
        _meant.AddRange((mentions?.All ?? []).Select(user => (user, said.Number)));
        return replyTo is { } quoted ? said with { ReplyTo = Quote(quoted) } : said;
    }

    internal ChannelEvent Edit(MessageId message, UserId author, string content, UserIds? mentions = null)
    {
        var before = AsItIs(_said[message], author).Mentions;
        var edit = Change(EventKind.Edit, message, author, content, mentions: mentions);
        var newly = UserIds.Of((mentions?.All ?? []).Where(user => before?.Contains(user) != true));
        _meant.AddRange((newly?.All ?? []).Select(user => (user, edit.Number)));
        return edit with { NewMentions = newly };
    }

    internal ChannelEvent Delete(MessageId message, UserId author) => Change(EventKind.Delete, message, author, "");

    /// <summary>Null where it is so already, or the message is gone.</summary>
    internal ChannelEvent? React(MessageId message, UserId author, string emoji, bool isOn)
    {
        if (Changes(message).Any(e => e.Kind == EventKind.Delete) || ReactorsOf(message, emoji).Contains(author) == isOn)
            return null;
        return Change(isOn ? EventKind.ReactionAdd : EventKind.ReactionRemove, message, author, "", emoji);
    }

    /// <summary>How many numbers are looked at for one page of changes.</summary>
    internal long LongestStretch { get; set; } = int.MaxValue;

    internal int Unread(UserId user, long above) =>
        Math.Min(ReadState.MaxUnread, _events.Count(e => e.Number > above && EventKind.IsSaid(e.Kind) && e.AuthorId != user));

    internal int Mentions(UserId user, long above) =>
        Math.Min(ReadState.MaxUnread, _meant.Count(meant => meant.User == user && meant.Number > above));

    /// <summary>A page, as of now.</summary>
    internal HistoryPage Read(ReadHistory ask, UserId asker)
    {
        var limit = ask.Limit ?? ReadHistory.DefaultLimit;
        if (ask.ChangedAfter is { } changedAfter)
        {
            var changed = _events.Where(e => EventKind.IsSaid(e.Kind)).Select(e => AsItIs(e, asker)).Where(m => ChangedAt(m) > changedAfter)
                .OrderBy(ChangedAt).ToList();
            // A server looks so far and no further for one page.
            var found = changed.Where(m => ChangedAt(m) <= changedAfter + LongestStretch).Take(limit).ToList();
            var end = found.Count == limit ? ChangedAt(found[^1]) : Math.Min(LastNumber, changedAfter + LongestStretch);
            return new HistoryPage(id, found, LastNumber, end < LastNumber)
            {
                AsOf = LastNumber,
                Covers = end > changedAfter ? new CoveredNumbers(changedAfter + 1, end) : null,
            };
        }

        var from = ask.At is { } at ? _events.Where(e => e.Timestamp >= at).Select(e => e.Number).FirstOrDefault(LastNumber + 1) : ask.After + 1;
        var wanted = _events.Where(e => from is null ? e.Number < (ask.Before ?? long.MaxValue) : e.Number >= from).Where(e => ask.Rows != true || EventKind.IsSaid(e.Kind)).ToList();
        var page = from is null ? wanted.TakeLast(limit).ToList() : [.. wanted.Take(limit)];
        var more = page.Count < wanted.Count;
        var (first, last) = from is { } start
            ? (start, more ? page[^1].Number : LastNumber)
            : (more ? page[0].Number : 1, Math.Min(LastNumber, (ask.Before ?? long.MaxValue) - 1));
        return new HistoryPage(id, [.. page.Select(e => AsItIs(e, asker))], LastNumber, more)
        {
            AsOf = LastNumber,
            Covers = ask.Rows == true && first <= last ? new CoveredNumbers(first, last) : null,
        };
    }

    private DateTimeOffset NextTime => Start.AddSeconds(LastNumber);

    private static string NameOf(UserId user) => $"user_{user}";

    private static long ChangedAt(ChannelEvent message) => message.Changed ?? message.Number;

    private ChannelEvent Change(string kind, MessageId message, UserId author, string content, string? emoji = null, UserIds? mentions = null)
    {
        var change = Add(new ChannelEvent(LastNumber + 1, kind, message, author, NameOf(author), content, NextTime, mentions) { Emoji = emoji });
        if (!_changes.TryGetValue(message, out var changes))
            _changes[message] = changes = [];
        changes.Add(change);
        return change;
    }

    private ChannelEvent Add(ChannelEvent added)
    {
        _events.Add(added);
        return added;
    }

    private List<ChannelEvent> Changes(MessageId message) => _changes.GetValueOrDefault(message) ?? [];

    private List<UserId> ReactorsOf(MessageId message, string emoji)
    {
        var reactors = new List<UserId>();
        foreach (var change in Changes(message).Where(e => e.Emoji == emoji))
        {
            if (change.Kind == EventKind.ReactionAdd)
                reactors.Add(change.AuthorId);
            else
                reactors.Remove(change.AuthorId);
        }

        return reactors;
    }

    // What a message says now; a change bears no words here.
    private ChannelEvent AsItIs(ChannelEvent told, UserId asker)
    {
        if (!EventKind.IsSaid(told.Kind))
            return told with { Content = "" };
        var changes = Changes(told.MessageId);
        var changed = changes.Count > 0 ? changes[^1].Number : (long?)null;
        if (changes.Any(e => e.Kind == EventKind.Delete))
            return told with { Content = "", Mentions = null, Changed = changed, Deleted = true };
        var edit = changes.LastOrDefault(e => e.Kind == EventKind.Edit);
        var emoji = changes.Select(e => e.Emoji).OfType<string>().Distinct().Select(e => (Emoji: e, Reactors: ReactorsOf(told.MessageId, e))).Where(r => r.Reactors.Count > 0).ToList();
        return told with
        {
            Content = edit?.Content ?? told.Content,
            Mentions = edit is null ? told.Mentions : edit.Mentions,
            Changed = changed,
            EditedAt = edit?.Timestamp,
            Edited = edit?.Number,
            ReplyTo = _replies.TryGetValue(told.MessageId, out var answered) ? Quote(answered) : null,
            Reactions = emoji.Count == 0 ? null : [.. emoji.Select(r => new ReactionCount(r.Emoji, r.Reactors.Count, r.Reactors.Contains(asker)))],
        };
    }

    private QuotedMessage Quote(MessageId message)
    {
        var now = AsItIs(_said[message], default);
        return new QuotedMessage(message, now.Number, now.AuthorId, now.Author, now.Content.Length > 100 ? now.Content[..100] : now.Content) { Deleted = now.Deleted };
    }
}
