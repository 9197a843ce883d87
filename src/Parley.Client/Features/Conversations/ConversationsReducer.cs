using System.Collections.Immutable;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Conversations;

internal static class ConversationsReducer
{
    internal static ImmutableArray<Conversation> FromReady(Ready ready) => [.. ready.Conversations.Select(FromWire)];

    internal static ChatState Apply(ChatState state, ConversationOpened opened)
    {
        var (id, lastNumber) = (opened.Conversation.Id, opened.Conversation.LastNumber);
        if (state.Conversations.Any(c => c.Id == id))
            return state;
        return state with
        {
            Conversations = state.Conversations.Insert(0, FromWire(opened.Conversation)),
            Logs = state.Logs.SetItem(id, LogMerge.WithLastNumber(state.LogOf(id), lastNumber)),
            ReadPositions = state.ReadPositions.ContainsKey(id)
                ? state.ReadPositions
                : state.ReadPositions.Add(id, new ReadPosition(opened.Conversation.ReadNumber, opened.Conversation.Unread, opened.Conversation.Mentions)),
        };
    }

    /// <summary>The latest first: something was said in this one.</summary>
    internal static ImmutableArray<Conversation> MoveToFront(ImmutableArray<Conversation> conversations, ChannelId id)
    {
        var index = 0;
        while (index < conversations.Length && conversations[index].Id != id)
            index++;
        return index == 0 || index == conversations.Length ? conversations : conversations.RemoveAt(index).Insert(0, conversations[index]);
    }

    private static Conversation FromWire(ConversationState c) => new(c.Id, c.With.Id, c.With.Username);
}
