using Parley.Server.Admin;

namespace Parley.Server.Features.Channels;

/// <summary>Shows a hidden channel again, with all that was said in it.</summary>
internal sealed class UnhideChannelCommand : IAdminCommand
{
    public string Name => "channels.unhide";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        db =>
        {
            if (ChannelLookup.Find(db, request.Name, out var refusal) is not { } found)
                return refusal;
            var (channel, isHidden) = found;
            if (!isHidden)
                return new AdminChange(AdminAnswer.Done($"#{channel.Name} is not hidden."));
            ChannelAdminStore.SetHidden(db, channel.Id, null);
            if (ChannelStore.CountShown(db) > ChannelStore.MostChannels)
                return AdminChange.Refuse($"There are {ChannelStore.MostChannels} channels already: no more fit.");
            return new AdminChange(AdminAnswer.Done($"#{channel.Name} is shown again."))
            {
                Events = [new ChannelAppeared(channel.LastNumber > 0 ? channel : channel with { LastNumber = null })],
            };
        },
        cancellationToken);
}
