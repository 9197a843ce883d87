using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Wire;

namespace Parley.Client.Connection;

/// <summary>Reads what a server says to a level-2 client.</summary>
internal static class ServerMessages
{
    private static readonly FrozenDictionary<string, JsonTypeInfo> Contracts = new Dictionary<string, JsonTypeInfo>
    {
        ["welcome"] = ProtocolJson.Default.Welcome,
        ["auth_result"] = ProtocolJson.Default.AuthResult,
        ["ready"] = ProtocolJson.Default.Ready,
        ["event"] = ProtocolJson.Default.EventPushed,
        ["ack"] = ProtocolJson.Default.Ack,
        ["history"] = ProtocolJson.Default.HistoryPage,
        ["channel_updated"] = ProtocolJson.Default.ChannelUpdated,
        ["channel_removed"] = ProtocolJson.Default.ChannelRemoved,
        ["server_changed"] = ProtocolJson.Default.ServerChanged,
        ["channel_created"] = ProtocolJson.Default.ChannelCreated,
        ["conversation_opened"] = ProtocolJson.Default.ConversationOpened,
        ["channel_info"] = ProtocolJson.Default.ChannelList,
        ["conversation_list"] = ProtocolJson.Default.ConversationPage,
        ["member_list"] = ProtocolJson.Default.MemberPage,
        ["presence"] = ProtocolJson.Default.PresenceChanged,
        ["profile"] = ProtocolJson.Default.MemberProfile,
        ["reaction_list"] = ProtocolJson.Default.ReactionUsers,
        ["session_list"] = ProtocolJson.Default.SessionList,
        ["read"] = ProtocolJson.Default.ReadMoved,
        ["done"] = ProtocolJson.Default.Done,
        ["pong"] = ProtocolJson.Default.Pong,
        ["error"] = ProtocolJson.Default.ErrorMessage,
        ["system"] = ProtocolJson.Default.SystemMessage,
        ["closing"] = ProtocolJson.Default.Closing,
    }.ToFrozenDictionary();

    /// <summary>The message in a frame's payload; null where it is of a type that this client does not know, which it skips.</summary>
    /// <exception cref="ProtocolViolationException">The payload is no message, or a known one without its shape.</exception>
    internal static ServerMessage? Read(ReadOnlySequence<byte> payload)
    {
        var bytes = payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray();
        var head = FrameHead.Read(bytes);
        if (head.Kind != PayloadKind.Message || head.Type is null)
            throw new ProtocolViolationException("The server sent something that is no message.");
        if (!Contracts.TryGetValue(head.Type, out var contract))
            return null;
        try
        {
            return (ServerMessage?)JsonSerializer.Deserialize(bytes, contract);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException) // The latter for half of a surrogate pair.
        {
            throw new ProtocolViolationException($"The server sent a message of the type {head.Type} that is not understood.", e);
        }
    }
}
