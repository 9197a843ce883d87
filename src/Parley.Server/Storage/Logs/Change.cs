using Parley.Protocol.Wire;

namespace Parley.Server.Storage.Logs;

/// <summary>A change of a message: all of it but its number, which the log gives.</summary>
/// <param name="Channel">The message's channel or conversation.</param>
/// <param name="Actor">Who changes it.</param>
/// <param name="Kind">What is done: <c>edit</c>, <c>delete</c>, <c>reaction_add</c>, <c>reaction_remove</c>.</param>
/// <param name="Message">The message.</param>
/// <param name="Body">What the event itself keeps: the emoji of a reaction. Words are kept with the message alone, where they can be taken back.</param>
/// <param name="Nonce">The actor's nonce; null for none.</param>
/// <param name="At">When, in microseconds after the Unix epoch.</param>
internal sealed record Change(ChannelId Channel, UserId Actor, string Kind, MessageId Message, string? Body, string? Nonce, long At)
{
    /// <summary>Who is meant by a message from this change on, and was not before.</summary>
    public IReadOnlyList<UserId> NewlyMeant { get; init; } = [];
}
