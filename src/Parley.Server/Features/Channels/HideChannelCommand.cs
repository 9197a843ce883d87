using Parley.Server.Admin;

namespace Parley.Server.Features.Channels;

/// <summary>Hides a channel from everybody: no longer listed, written or sent. What was said in it stays in the file.</summary>
internal sealed class HideChannelCommand : IAdminCommand
{
    public string Name => "channels.hide";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        db =>
        {
            if (ChannelLookup.Find(db, request.Name, out var refusal) is not { } found)
                return refusal;
            var (channel, isHidden) = found;
            if (isHidden)
                return new AdminChange(AdminAnswer.Done($"#{channel.Name} is hidden already."));
            ChannelAdminStore.SetHidden(db, channel.Id, data.Now);
            return new AdminChange(AdminAnswer.Done($"#{channel.Name} is hidden.")) { Events = [new ChannelDisappeared(channel, ChannelStore.AllShown(db))] };
        },
        cancellationToken);
}
