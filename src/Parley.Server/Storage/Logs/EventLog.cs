using Parley.Protocol.Wire;

namespace Parley.Server.Storage.Logs;

/// <summary>
/// Changes in the logs of all channels; what is said is appended by <see cref="IDraftLog"/>. Both belong to the one writer: they are the only places that take
/// numbers, and nobody takes one meanwhile.
/// </summary>
internal static class EventLog
{
    /// <summary>Appends a change, for itself: what is said before it in the round is in the log already.</summary>
    public static ChangePosition Append(DatabaseConnection db, Change change)
    {
        var counter = ChannelCounter.Read(db, change.Channel);
        var number = counter.CountChange();
        db.Prepare("""
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
        db.Prepare("UPDATE messages SET changed = @number WHERE id = @message").Set("@number", number).Set("@message", change.Message.Value).Execute();
        foreach (var user in change.NewlyMeant)
            AddMention(db, user, change.Channel, number);
        if (change.Nonce is { } nonce)
        {
            db.Prepare("INSERT INTO change_nonces(user_id, nonce, channel_id, number) VALUES(@actor, @nonce, @channel, @number)")
                .Set("@actor", change.Actor.Value)
                .Set("@nonce", nonce)
                .Set("@channel", change.Channel.Value)
                .Set("@number", number)
                .Execute();
        }

        counter.Write(db);
        return new ChangePosition(change.Channel, number);
    }

    /// <summary>The change that somebody made with a nonce before; null for none.</summary>
    public static ChangePosition? FindChange(DatabaseConnection db, UserId actor, string? nonce) => nonce is null
        ? null
        : db.Prepare("SELECT channel_id, number FROM change_nonces WHERE user_id = @actor AND nonce = @nonce")
            .Set("@actor", actor.Value)
            .Set("@nonce", nonce)
            .First(r => new ChangePosition(new ChannelId(r.Integer(0)), r.Integer(1)));

    /// <summary>Remembers that an event means somebody.</summary>
    public static void AddMention(DatabaseConnection db, UserId user, ChannelId channel, long number) =>
        db.Prepare("""
                INSERT INTO mentions(user_id, channel_id, number, count) VALUES(@user, @channel, @number, 1 + COALESCE(
                    (SELECT count FROM mentions WHERE user_id = @user AND channel_id = @channel ORDER BY number DESC LIMIT 1), 0))
                """)
            .Set("@channel", channel.Value)
            .Set("@number", number)
            .Set("@user", user.Value)
            .Execute();
}
