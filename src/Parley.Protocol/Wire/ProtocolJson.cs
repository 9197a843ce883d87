using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Protocol.Features;

namespace Parley.Protocol.Wire;

/// <summary>The JSON contracts of every message, generated at build time: snake_case names, no reflection.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 1_048_577, // Deeper than any payload can be: what lies deep is an unknown field, and skipped.
    Converters = [typeof(WireTimeConverter)])]
[JsonSerializable(typeof(Register))]
[JsonSerializable(typeof(LogIn))]
[JsonSerializable(typeof(Hello))]
[JsonSerializable(typeof(LogOut))]
[JsonSerializable(typeof(ChangePassword))]
[JsonSerializable(typeof(ListSessions))]
[JsonSerializable(typeof(EndSession))]
[JsonSerializable(typeof(EndOtherSessions))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(AuthResult))]
[JsonSerializable(typeof(Welcome))]
[JsonSerializable(typeof(Ready))]
[JsonSerializable(typeof(JoinChannel))]
[JsonSerializable(typeof(LeaveChannel))]
[JsonSerializable(typeof(CreateChannel))]
[JsonSerializable(typeof(ListChannels))]
[JsonSerializable(typeof(ChannelList))]
[JsonSerializable(typeof(ChannelCreated))]
[JsonSerializable(typeof(ChannelUpdated))]
[JsonSerializable(typeof(ChannelRemoved))]
[JsonSerializable(typeof(ServerChanged))]
[JsonSerializable(typeof(ChannelJoined))]
[JsonSerializable(typeof(UserJoined))]
[JsonSerializable(typeof(UserLeft))]
[JsonSerializable(typeof(SayMessage))]
[JsonSerializable(typeof(SayAction))]
[JsonSerializable(typeof(MessageSaid))]
[JsonSerializable(typeof(ActionSaid))]
[JsonSerializable(typeof(EditMessage))]
[JsonSerializable(typeof(DeleteMessage))]
[JsonSerializable(typeof(AddReaction))]
[JsonSerializable(typeof(RemoveReaction))]
[JsonSerializable(typeof(ListReactions))]
[JsonSerializable(typeof(ReactionUsers))]
[JsonSerializable(typeof(Ack))]
[JsonSerializable(typeof(EventPushed))]
[JsonSerializable(typeof(ReadHistory), TypeInfoPropertyName = "ReadHistory")]
[JsonSerializable(typeof(HistoryPage))]
[JsonSerializable(typeof(SayPrivately))]
[JsonSerializable(typeof(OpenConversation))]
[JsonSerializable(typeof(PrivateMessage))]
[JsonSerializable(typeof(ConversationOpened))]
[JsonSerializable(typeof(ListConversations))]
[JsonSerializable(typeof(ConversationPage))]
[JsonSerializable(typeof(ListUsers))]
[JsonSerializable(typeof(UserList))]
[JsonSerializable(typeof(ListMembers))]
[JsonSerializable(typeof(MemberPage))]
[JsonSerializable(typeof(AskProfile))]
[JsonSerializable(typeof(MemberProfile))]
[JsonSerializable(typeof(SetStatus))]
[JsonSerializable(typeof(SetIdle))]
[JsonSerializable(typeof(StatusChanged))]
[JsonSerializable(typeof(PresenceChanged))]
[JsonSerializable(typeof(MarkRead))]
[JsonSerializable(typeof(ReadMoved))]
[JsonSerializable(typeof(Ping))]
[JsonSerializable(typeof(Pong))]
[JsonSerializable(typeof(Done))]
[JsonSerializable(typeof(ErrorMessage))]
[JsonSerializable(typeof(SystemMessage))]
[JsonSerializable(typeof(Closing))]
public sealed partial class ProtocolJson : JsonSerializerContext
{
    /// <summary>How a frame is written: compact, and with no escapes but those that JSON needs.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = MinimalJsonEncoder.Instance, SkipValidation = true };
}
