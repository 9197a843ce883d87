using Parley.Server.Admin;

namespace Parley.Server.Features.Channels;

/// <summary>Makes a channel private: nobody sees it but those who are let in. Or public again.</summary>
internal sealed class PrivateChannelCommand(bool isPrivate) : IAdminCommand
{
    public string Name => isPrivate ? "channels.private" : "channels.public";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        db =>
        {
            if (ChannelLookup.Find(db, request.Name, out var refusal) is not { } found)
                return refusal;
            var (channel, isHidden) = found;
            var changed = VisibilityWrites.SetForEveryone(db, channel, isSeen: !isPrivate);
            var word = isPrivate ? "private" : "public";
            return VisibilityAnswer.Change(changed is null ? $"#{channel.Name} is {word} already." : $"#{channel.Name} is {word} now.", changed, isHidden);
        },
        cancellationToken);
}
