using Parley.Protocol.Wire;
using Parley.Server.Features.Rights;

namespace Parley.Server.Features.Channels;

/// <summary>A channel or conversation as it is stored, and as somebody sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name; <c>@LOW:HIGH</c> for a conversation.</param>
/// <param name="LastNumber">The number of its latest event.</param>
/// <param name="Low">The one of a conversation's two people whose id is lower; null for a channel.</param>
/// <param name="High">The other.</param>
/// <param name="Rights">What the one who asked may do there.</param>
internal sealed record ChannelRow(ChannelId Id, string Name, long LastNumber, UserId? Low, UserId? High, ChannelRights Rights)
{
    public bool IsConversation => Low is not null;

    /// <summary>The other one of a conversation (or oneself, in notes to oneself).</summary>
    public UserId Other(UserId viewer) => (Low == viewer ? High : Low) ?? viewer;
}
