using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Messages;

/// <summary>
/// A message in its present form: its event, with later changes applied. Where <see cref="IsQuote"/>, only what a reply quotes of it is known.
/// </summary>
/// <param name="Id">The message.</param>
/// <param name="Number">Its place in its room's log.</param>
/// <param name="Kind">Message or action.</param>
/// <param name="AuthorId">Who said it.</param>
/// <param name="Author">That person's name.</param>
/// <param name="Content">What it says now; empty where it was deleted.</param>
/// <param name="Timestamp">When it was said.</param>
public sealed record Message(MessageId Id, long Number, MessageKind Kind, UserId AuthorId, string Author, string Content, DateTimeOffset Timestamp)
{
    /// <summary>The members that it mentions; null where it mentions nobody.</summary>
    public UserIds? Mentions { get; init; }

    /// <summary>The number of the event that touched it last. Of a quote, the number that its content is as of.</summary>
    public long Changed { get; init; } = Number;

    /// <summary>When it was edited last; null where it never was.</summary>
    public DateTimeOffset? EditedAt { get; init; }

    /// <summary>The number of its last edit; null where it was never edited.</summary>
    public long? Edited { get; init; }

    /// <summary>Whether it was deleted: its number stays, its content is gone.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>What it answers, to be found in <see cref="RoomLog.Messages"/>; null where it answers nothing.</summary>
    public MessageId? ReplyTo { get; init; }

    /// <summary>How people reacted to it.</summary>
    public Reactions Reactions { get; init; } = Reactions.None;

    /// <summary>Whether only what a reply quotes of it is known: it stands in no row.</summary>
    public bool IsQuote { get; init; }

    /// <summary>A message from its event.</summary>
    internal static Message FromWire(ChannelEvent told)
    {
        var message = new Message(
            told.MessageId, told.Number, told.Kind == EventKind.Action ? MessageKind.Action : MessageKind.Message, told.AuthorId, told.Author, told.Content, told.Timestamp)
        {
            Changed = told.Changed ?? told.Number,
        };
        return told.Deleted == true ? message.AsDeleted() : message with
        {
            Mentions = told.Mentions,
            EditedAt = told.EditedAt,
            Edited = told.Edited,
            ReplyTo = told.ReplyTo?.MessageId,
            Reactions = Reactions.FromWire(told.Reactions),
        };
    }

    /// <summary>A quote, as of a number.</summary>
    internal static Message FromWire(QuotedMessage quoted, long asOf) =>
        new(quoted.MessageId, quoted.Number, MessageKind.Message, quoted.AuthorId, quoted.Author, quoted.Deleted == true ? "" : Excerpt(quoted.Content), default)
        {
            Changed = asOf,
            IsDeleted = quoted.Deleted == true,
            IsQuote = true,
        };

    /// <summary>As much of it as a reply quotes.</summary>
    public Message AsQuote() => IsQuote ? this : new(Id, Number, MessageKind.Message, AuthorId, Author, Excerpt(Content), default)
    {
        Changed = Changed,
        IsDeleted = IsDeleted,
        IsQuote = true,
    };

    /// <summary>The message after an event; the same object where the event does not change it.</summary>
    /// <param name="change">Any event of its room.</param>
    /// <param name="self">The user, whose reactions are marked as their own.</param>
    public Message After(ChannelEvent change, UserId? self)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.MessageId != Id || change.Number <= Changed || !EventKind.IsChange(change.Kind))
            return this;
        var touched = this with { Changed = change.Number };
        if (IsDeleted)
            return touched;
        return change.Kind switch
        {
            EventKind.Delete => touched.AsDeleted(),
            EventKind.Edit when IsQuote => touched with { Content = Excerpt(change.Content) },
            EventKind.Edit => touched with { Content = change.Content, Mentions = change.Mentions, EditedAt = change.Timestamp, Edited = change.Number },
            EventKind.ReactionAdd when !IsQuote && change.Emoji is { } emoji => touched with { Reactions = Reactions.Add(emoji, change.AuthorId == self) },
            EventKind.ReactionRemove when !IsQuote && change.Emoji is { } emoji => touched with { Reactions = Reactions.Remove(emoji, change.AuthorId == self) },
            _ => touched,
        };
    }

    internal Message AsDeleted() =>
        this with { Content = "", Mentions = null, EditedAt = null, Edited = null, ReplyTo = null, Reactions = Reactions.None, IsDeleted = true };

    // Counts code points, and never splits a surrogate pair.
    private static string Excerpt(string content)
    {
        var end = 0;
        for (var count = 0; count < QuotedMessage.MaxLength && end < content.Length; count++)
            end += char.IsHighSurrogate(content[end]) && end + 1 < content.Length ? 2 : 1;
        return content[..end];
    }
}
