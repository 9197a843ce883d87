using Parley.Protocol.Wire;
using Parley.Server.Storage;

namespace Parley.Server.Features.Messages;

/// <summary>What a message says now, and what it said before each edit.</summary>
internal static class VersionStore
{
    /// <summary>Gives a message other words, and keeps those that it had.</summary>
    /// <param name="db">Where it stands.</param>
    /// <param name="message">As it was.</param>
    /// <param name="number">The number of the edit's event.</param>
    /// <param name="content">What it says from now on.</param>
    /// <param name="mentions">Whom that means.</param>
    /// <param name="at">When, in microseconds after the Unix epoch.</param>
    public static void Replace(DatabaseConnection db, StoredMessage message, long number, string content, UserIds? mentions, long at)
    {
        db.Prepare("INSERT INTO versions(message_id, number, content, at) VALUES(@message, @number, @content, @at)")
            .Set("@message", message.Id.Value)
            .Set("@number", number)
            .Set("@content", message.Content)
            .Set("@at", at)
            .Execute();
        db.Prepare("UPDATE messages SET content = @content, edited = @number, edited_at = @at, mentions = @mentions WHERE id = @message")
            .Set("@content", content)
            .Set("@number", number)
            .Set("@at", at)
            .Set("@mentions", mentions?.ToString() ?? "")
            .Set("@message", message.Id.Value)
            .Execute();
    }

    /// <summary>Removes all words that a message has and had; its row stays.</summary>
    public static void Clear(DatabaseConnection db, MessageId message, long at)
    {
        db.Prepare("UPDATE messages SET content = '', mentions = '', deleted_at = @at WHERE id = @message")
            .Set("@at", at)
            .Set("@message", message.Value)
            .Execute();
        db.Prepare("DELETE FROM versions WHERE message_id = @message").Set("@message", message.Value).Execute();
    }
}
