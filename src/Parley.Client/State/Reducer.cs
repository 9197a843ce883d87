using Parley.Client.Features.Channels;
using Parley.Client.Features.Conversations;
using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.State;

/// <summary>Folds a message of the server into the state. Pure; where nothing changes, it returns the same object.</summary>
internal static class Reducer
{
    /// <summary>The state after <paramref name="message"/>; the same object where it changes nothing.</summary>
    internal static ChatState Apply(ChatState state, ServerMessage message) => Apply(state, message, null, LogUpdate.Of(state, message, null));

    /// <summary>The same for the answer to a request.</summary>
    /// <param name="state">What was known.</param>
    /// <param name="message">What the server says.</param>
    /// <param name="ask">The request; null where nobody asked.</param>
    /// <param name="update">What the message says of a log; null where it says nothing of one.</param>
    internal static ChatState Apply(ChatState state, ServerMessage message, Command? ask, LogUpdate? update) => message switch
    {
        Ready ready => ReadyReducer.Apply(state, ready),
        EventPushed pushed when update is not null => MessagesReducer.Apply(state, pushed, update),
        HistoryPage page when update is not null => MessagesReducer.Apply(state, page, ask as ReadHistory, update),
        Ack ack => MessagesReducer.Apply(state, ack),
        ChannelCreated created => ChannelsReducer.Apply(state, created),
        ChannelUpdated updated => ChannelsReducer.Apply(state, updated),
        ChannelRemoved removed => ChannelsReducer.Apply(state, removed),
        ServerChanged changed => state with { ServerName = changed.Name, OwnerId = changed.OwnerId },
        ConversationOpened opened => ConversationsReducer.Apply(state, opened),
        ChannelList page => PageReducer.Apply(state, page),
        ConversationPage page => PageReducer.Apply(state, page),
        ReadMoved moved => ReadStateReducer.Apply(state, moved),

        // Members are kept apart from the state (MemberDirectory).
        MemberPage or PresenceChanged => state,

        // Answers to one asker, and the end of a connection: they change no state by themselves.
        Welcome or AuthResult or MemberProfile or SessionList or ReactionUsers or Done or Pong or ErrorMessage or Closing or SystemMessage => state,

        // Level 1, and what a later server may say.
        _ => state,
    };
}
