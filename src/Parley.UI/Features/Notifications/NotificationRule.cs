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
    internal static bool IsWorthIt(Message message, UserId? user, bool isChannel, NotifyLevel general, RoomNotifications settings)
    {
        if (message.AuthorId == user || message.IsDeleted)
            return false;
        return LevelOf(isChannel, general, settings) switch
        {
            NotifyLevel.All => true,
            NotifyLevel.Mentions => user is { } id && message.Mentions?.Contains(id) == true,
            _ => false,
        };
    }

    /// <summary>
    /// What holds for a room: its own level, else the general one, under which every direct message is for the user; muted, at most mentions.
    /// </summary>
    internal static NotifyLevel LevelOf(bool isChannel, NotifyLevel general, RoomNotifications settings)
    {
        var level = settings.Level ?? (isChannel || general == NotifyLevel.Nothing ? general : NotifyLevel.All);
        return settings.MutedUntil is not null && level == NotifyLevel.All ? NotifyLevel.Mentions : level;
    }
}
