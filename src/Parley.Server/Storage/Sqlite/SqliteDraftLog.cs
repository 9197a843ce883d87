using Parley.Protocol.Wire;
using Parley.Server.Storage.Logs;

namespace Parley.Server.Storage.Sqlite;

/// <summary>Appends drafts one after another; each channel's counter is read and written once a run.</summary>
/// <param name="db">The writer's connection.</param>
internal sealed class SqliteDraftLog(SqliteDatabaseConnection db) : IDraftLog
{
    private readonly Dictionary<ChannelId, ChannelCounter> _channels = [];
    private readonly Dictionary<(ChannelId, UserId), long> _authors = [];

    public void Append(IReadOnlyList<Draft> drafts, ICollection<MessagePosition> positions)
    {
        try
        {
            foreach (var draft in drafts)
                positions.Add(Append(draft));
            foreach (var counter in _channels.Values)
                counter.Write(db);
        }
        finally
        {
            // Not kept from run to run: a run that is undone would leave them wrong.
            _channels.Clear();
            _authors.Clear();
        }
    }

    private MessagePosition Append(Draft draft)
    {
        var counter = CounterOf(draft.Channel);
        // Without RETURNING, for which SQLite makes and drops a table in memory each time (docs/performance.md, "What was changed").
        var added = db.Prepare("""
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

        var position = new MessagePosition(draft.Channel, counter.LastNumber + 1, new MessageId(db.LastInsertedId), draft.At);
        counter.Count(position);
        db.Prepare("""
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
        db.Prepare("INSERT INTO author_counts(channel_id, user_id, number, count) VALUES(@channel, @author, @number, @count)")
            .Set("@channel", draft.Channel.Value)
            .Set("@author", draft.Author.Value)
            .Set("@number", position.Number)
            .Set("@count", CountOfAuthor(draft))
            .Execute();
        foreach (var user in draft.Mentions?.All ?? [])
            EventLog.AddMention(db, user, position.Channel, position.Number);
        return position;
    }

    private ChannelCounter CounterOf(ChannelId channel)
    {
        if (!_channels.TryGetValue(channel, out var counter))
            _channels.Add(channel, counter = ChannelCounter.Read(db, channel));
        return counter;
    }

    // How many messages of the channel are the author's, with this one.
    private long CountOfAuthor(Draft draft)
    {
        if (!_authors.TryGetValue((draft.Channel, draft.Author), out var count))
        {
            count = db.Prepare("SELECT count FROM author_counts WHERE channel_id = @channel AND user_id = @author ORDER BY number DESC LIMIT 1")
                .Set("@channel", draft.Channel.Value)
                .Set("@author", draft.Author.Value)
                .Integer() ?? 0;
        }

        return _authors[(draft.Channel, draft.Author)] = count + 1;
    }

    private MessagePosition FindByNonce(UserId author, string nonce) =>
        db.Prepare("SELECT channel_id, number, id, created_at FROM messages WHERE user_id = @author AND nonce = @nonce")
            .Set("@author", author.Value)
            .Set("@nonce", nonce)
            .First(r => new MessagePosition(new ChannelId(r.Integer(0)), r.Integer(1), new MessageId(r.Integer(2)), r.Integer(3)) { IsRepeated = true })
        ?? throw new InvalidOperationException("The message was not stored.");
}
