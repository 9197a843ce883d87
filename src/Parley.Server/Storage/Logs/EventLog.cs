using Parley.Protocol.Wire;

namespace Parley.Server.Storage.Logs;

/// <summary>
/// The logs of all channels, and the only place that takes numbers: a run of drafts is appended at once, each channel's counter is read and written once. It
/// belongs to the one writer, so nobody takes a number meanwhile.
/// </summary>
/// <param name="store">The writer's connection.</param>
internal sealed class EventLog(StoreConnection store)
{
    private readonly Dictionary<ChannelId, ChannelCounter> _channels = [];
    private readonly Dictionary<(ChannelId, UserId), long> _authors = [];

    /// <summary>Appends drafts to their channels' logs, in their order.</summary>
    /// <param name="drafts">What is said.</param>
    /// <param name="positions">Gets the position of each draft; where its author used the nonce before, that of the first message with it.</param>
    public void Append(IReadOnlyList<Draft> drafts, ICollection<MessagePosition> positions)
    {
        try
        {
            foreach (var draft in drafts)
                positions.Add(Append(draft));
            foreach (var counter in _channels.Values)
                counter.Write(store);
        }
        finally
        {
            // Not kept from run to run: a run that is undone would leave them wrong.
            _channels.Clear();
            _authors.Clear();
        }
    }

    /// <summary>Appends a change, for itself: what is said before it in the round is in the log already.</summary>
    public static ChangePosition Append(StoreConnection store, Change change)
    {
        var counter = ChannelCounter.Read(store, change.Channel);
        var number = counter.CountChange();
        store.Prepare("""
                INSERT INTO events(channel_id, number, kind, message_id, actor_id, body, at, message_count)
                VALUES(@channel, @number, @kind, @message, @actor, @body, @at, @count)
                """)
            .Set("@channel", change.Channel.Value)
            .Set("@number", number)
            .Set("@kind", change.Kind)
            .Set("@message", change.Message.Value)
            .Set("@actor", change.Actor.Value)
            .Set("@body", change.Body)
            .Set("@at", change.At)
            .Set("@count", counter.MessageCount)
            .Execute();
        store.Prepare("UPDATE messages SET changed = @number WHERE id = @message").Set("@number", number).Set("@message", change.Message.Value).Execute();
        foreach (var user in change.NewlyMeant)
            AddMention(store, user, change.Channel, number);
        if (change.Nonce is { } nonce)
        {
            store.Prepare("INSERT INTO change_nonces(user_id, nonce, channel_id, number) VALUES(@actor, @nonce, @channel, @number)")
                .Set("@actor", change.Actor.Value)
                .Set("@nonce", nonce)
                .Set("@channel", change.Channel.Value)
                .Set("@number", number)
                .Execute();
        }

        counter.Write(store);
        return new ChangePosition(change.Channel, number);
    }

    /// <summary>The change that somebody made with a nonce before; null for none.</summary>
    public static ChangePosition? FindChange(StoreConnection store, UserId actor, string? nonce) => nonce is null
        ? null
        : store.Prepare("SELECT channel_id, number FROM change_nonces WHERE user_id = @actor AND nonce = @nonce")
            .Set("@actor", actor.Value)
            .Set("@nonce", nonce)
            .First(r => new ChangePosition(new ChannelId(r.Integer(0)), r.Integer(1)));

    private MessagePosition Append(Draft draft)
    {
        var counter = CounterOf(draft.Channel);
        // Without RETURNING, for which SQLite makes and drops a table in memory each time (docs/performance.md, "What was changed").
        var added = store.Prepare("""
                INSERT INTO messages(channel_id, user_id, content, msg_type, created_at, number, nonce, reply_to)
                VALUES(@channel, @author, @content, @kind, @at, @number, @nonce, @reply) ON CONFLICT DO NOTHING
                """)
            .Set("@channel", draft.Channel.Value)
            .Set("@author", draft.Author.Value)
            .Set("@content", draft.Content)
            .Set("@kind", draft.Kind)
            .Set("@at", draft.At)
            .Set("@number", counter.LastNumber + 1)
            .Set("@nonce", draft.Nonce)
            .Set("@reply", draft.ReplyTo?.Value)
            .Execute();
        if (added == 0)
            return FindByNonce(draft.Author, draft.Nonce ?? "");

        var position = new MessagePosition(draft.Channel, counter.LastNumber + 1, new MessageId(store.LastInsertedId), draft.At);
        counter.Count(position);
        store.Prepare("""
                INSERT INTO events(channel_id, number, kind, message_id, actor_id, at, message_count)
                VALUES(@channel, @number, @kind, @message, @actor, @at, @count)
                """)
            .Set("@channel", draft.Channel.Value)
            .Set("@number", position.Number)
            .Set("@kind", draft.Kind)
            .Set("@message", position.Id.Value)
            .Set("@actor", draft.Author.Value)
            .Set("@at", draft.At)
            .Set("@count", counter.MessageCount)
            .Execute();
        store.Prepare("INSERT INTO author_counts(channel_id, user_id, number, count) VALUES(@channel, @author, @number, @count)")
            .Set("@channel", draft.Channel.Value)
            .Set("@author", draft.Author.Value)
            .Set("@number", position.Number)
            .Set("@count", CountOfAuthor(draft))
            .Execute();
        foreach (var user in draft.Mentions?.All ?? [])
            AddMention(store, user, position.Channel, position.Number);
        return position;
    }

    private ChannelCounter CounterOf(ChannelId channel)
    {
        if (!_channels.TryGetValue(channel, out var counter))
            _channels.Add(channel, counter = ChannelCounter.Read(store, channel));
        return counter;
    }

    // How many messages of the channel are the author's, with this one.
    private long CountOfAuthor(Draft draft)
    {
        if (!_authors.TryGetValue((draft.Channel, draft.Author), out var count))
        {
            count = store.Prepare("SELECT count FROM author_counts WHERE channel_id = @channel AND user_id = @author ORDER BY number DESC LIMIT 1")
                .Set("@channel", draft.Channel.Value)
                .Set("@author", draft.Author.Value)
                .Integer() ?? 0;
        }

        return _authors[(draft.Channel, draft.Author)] = count + 1;
    }

    private static void AddMention(StoreConnection store, UserId user, ChannelId channel, long number) =>
        store.Prepare("""
                INSERT INTO mentions(user_id, channel_id, number, count) VALUES(@user, @channel, @number, 1 + COALESCE(
                    (SELECT count FROM mentions WHERE user_id = @user AND channel_id = @channel ORDER BY number DESC LIMIT 1), 0))
                """)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Set("@user", user.Value)
            .Execute();

    private MessagePosition FindByNonce(UserId author, string nonce) =>
        store.Prepare("SELECT channel_id, number, id, created_at FROM messages WHERE user_id = @author AND nonce = @nonce")
            .Set("@author", author.Value)
            .Set("@nonce", nonce)
            .First(r => new MessagePosition(new ChannelId(r.Integer(0)), r.Integer(1), new MessageId(r.Integer(2)), r.Integer(3)) { IsRepeated = true })
        ?? throw new InvalidOperationException("The message was not stored.");
}
