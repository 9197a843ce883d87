namespace Parley.Server.Features.Rights;

/// <summary>From roles and exceptions to rights: one pure function, which everything that asks goes by.</summary>
internal static class RightRules
{
    /// <summary>The role that everybody has; there is no other yet.</summary>
    public const long Everyone = 1;

    private const ChannelRights OfEveryone = ChannelRights.All;

    /// <summary>
    /// Of a member in a channel that is not a conversation: what everybody may, with the channel's exception for them, then the member's own.
    /// </summary>
    public static ChannelRights InChannel(Overwrite forEveryone, Overwrite forMember)
    {
        var rights = forMember.Over(forEveryone.Over(OfEveryone));
        // Who does not see a channel can do nothing in it, whatever else is allowed.
        return rights.HasFlag(ChannelRights.See) ? rights : ChannelRights.None;
    }

    /// <summary>In a conversation: everything to its people, nothing to others.</summary>
    public static ChannelRights InConversation(bool isOneOfThem) => isOneOfThem ? ChannelRights.All : ChannelRights.None;
}
