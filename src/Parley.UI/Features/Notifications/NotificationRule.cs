using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.UI.State;

namespace Parley.UI.Features.Notifications;

/// <summary>What is worth a notification. Pure.</summary>
internal static class NotificationRule
{
    /// <summary>Whether the person does not want to be disturbed at all.</summary>
    internal static bool IsQuiet(ChatState state, KnownMembers members) => members.Of(state.User?.Id)?.Status == MemberStatus.DoNotDisturb;

    /// <summary>Whether a message is worth one to this person.</summary>
    internal static bool IsWorthIt(Message message, UserId? user, bool isChannel, NotifyLevel general, RoomNotifications wish)
    {
        if (message.AuthorId == user || message.IsDeleted)
            return false;
        return LevelOf(isChannel, general, wish) switch
        {
            NotifyLevel.All => true,
            NotifyLevel.Mentions => user is { } id && message.Mentions?.Contains(id) == true,
            _ => false,
        };
    }

    /// <summary>
    /// What holds for a channel or conversation: its own level, else the general one, under which every direct message is for this person; muted, at most
    /// mentions.
    /// </summary>
    internal static NotifyLevel LevelOf(bool isChannel, NotifyLevel general, RoomNotifications wish)
    {
        var level = wish.Level ?? (isChannel || general == NotifyLevel.Nothing ? general : NotifyLevel.All);
        return wish.MutedUntil is not null && level == NotifyLevel.All ? NotifyLevel.Mentions : level;
    }
}
