using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Features.ReadState;

/// <summary>A channel or conversation as one user sees it.</summary>
internal sealed record ChannelSummary(
    ChannelId Id,
    string Name,
    string Description,
    long LastNumber,
    long LastMessageId,
    SelfState? With,
    long ReadNumber,
    int Unread,
    int Mentions);
