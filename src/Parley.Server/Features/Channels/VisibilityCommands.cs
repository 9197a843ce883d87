using Parley.Server.Admin;
using Parley.Server.Events;
using Parley.Server.Features.Accounts;

namespace Parley.Server.Features.Channels;

/// <summary>Makes a channel private: nobody sees it but those who are let in. Or public again.</summary>
internal sealed class PrivateChannelCommand(bool isPrivate) : IAdminCommand
{
    public string Name => isPrivate ? "channels.private" : "channels.public";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        store =>
        {
            if (ChannelLookup.Find(store, request.Name, out var refusal) is not { } found)
                return refusal;
            var (channel, isHidden) = found;
            var changed = VisibilityWrites.SetForEveryone(store, channel, isSeen: !isPrivate);
            var word = isPrivate ? "private" : "public";
            return VisibilityAnswer.Change(changed is null ? $"#{channel.Name} is {word} already." : $"#{channel.Name} is {word} now.", changed, isHidden);
        },
        cancellationToken);
}

/// <summary>Lets a member into a channel, or puts one out, whatever everybody may.</summary>
internal sealed class AdmitMemberCommand(bool isIn) : IAdminCommand
{
    public string Name => isIn ? "channels.admit" : "channels.expel";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        store =>
        {
            if (ChannelLookup.Find(store, request.Name, out var refusal) is not { } found)
                return refusal;
            if (UserStore.Find(store, request.To ?? "") is not { } user)
                return AdminChange.Refuse($"There is no account '{request.To}'.");
            var (channel, isHidden) = found;
            var changed = VisibilityWrites.SetForMember(store, channel, user.Id, isIn);
            var sees = isIn ? "sees" : "does not see";
            var since = changed is null ? "already" : "now";
            return VisibilityAnswer.Change($"{user.Username} {sees} #{channel.Name} {since}.", changed, isHidden);
        },
        cancellationToken);
}

internal static class VisibilityAnswer
{
    /// <summary>What was done. Of a channel that is hidden nobody is told, but those who see it when it is shown again are others.</summary>
    public static AdminChange Change(string text, VisibilityChanged? changed, bool isHidden) => new(AdminAnswer.Done(text))
    {
        Events = changed is null ? [] : [isHidden ? changed with { Announcement = null } : changed],
    };
}
