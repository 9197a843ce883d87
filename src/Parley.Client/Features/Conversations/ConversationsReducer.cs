using System.Collections.Immutable;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Conversations;

internal static class ConversationsReducer
{
    private static readonly Comparer<Conversation> LatestFirst = Comparer<Conversation>.Create((a, b) =>
        b.LastMessageId.Value.CompareTo(a.LastMessageId.Value) is var order and not 0 ? order : b.Id.Value.CompareTo(a.Id.Value));

    /// <summary>What is known with what is told over it, the latest first.</summary>
    internal static ImmutableArray<Conversation> Merge(IEnumerable<Conversation> known, IEnumerable<Conversation> told)
    {
        var conversations = known.ToDictionary(c => c.Id);
        foreach (var conversation in told)
            conversations[conversation.Id] = conversation;
        return [.. conversations.Values.Order(LatestFirst)];
    }

    internal static ChatState Apply(ChatState state, ConversationOpened opened)
    {
        var (id, lastNumber) = (opened.Conversation.Id, opened.Conversation.LastNumber);
        if (state.Conversations.Any(c => c.Id == id))
            return state;
        return state with
        {
            Conversations = Put(state.Conversations, FromWire(opened.Conversation)),
            Unconfirmed = state.Unconfirmed.Remove(id),
            Logs = state.Logs.SetItem(id, LogReducer.AfterSnapshot(state.LogOf(id), lastNumber)),
            ReadPositions = state.ReadPositions.ContainsKey(id)
                ? state.ReadPositions
                : state.ReadPositions.Add(id, new ReadPosition(opened.Conversation.ReadNumber, opened.Conversation.Unread, opened.Conversation.Mentions)),
        };
    }

    /// <summary>Something was said in a conversation.</summary>
    internal static ImmutableArray<Conversation> WithLatest(ImmutableArray<Conversation> conversations, ChannelId id, MessageId message)
    {
        var index = 0;
        while (index < conversations.Length && conversations[index].Id != id)
            index++;
        if (index == conversations.Length || message.Value <= conversations[index].LastMessageId.Value)
            return conversations;
        return Put(conversations.RemoveAt(index), conversations[index] with { LastMessageId = message });
    }

    internal static Conversation FromWire(ConversationState c) => new(c.Id, c.With.Id, c.With.Username, c.LastMessageId);

    // Nearly always to the front.
    private static ImmutableArray<Conversation> Put(ImmutableArray<Conversation> conversations, Conversation conversation)
    {
        var index = 0;
        while (index < conversations.Length && LatestFirst.Compare(conversations[index], conversation) < 0)
            index++;
        return conversations.Insert(index, conversation);
    }
}
