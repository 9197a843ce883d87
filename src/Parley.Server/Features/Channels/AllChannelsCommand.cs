using Parley.Server.Admin;

namespace Parley.Server.Features.Channels;

/// <summary>Lists all channels but conversations, private and hidden ones, too, a page at a time.</summary>
internal sealed class AllChannelsCommand : IAdminCommand
{
    public string Name => "channels.list";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var channels = data.Read(db => ChannelAdminStore.Page(db, request.After ?? 0, AdminAnswer.MostRows));
        return Task.FromResult(AdminAnswer.Done("") with { Channels = channels, More = channels.Count == AdminAnswer.MostRows ? channels[^1].Id : null });
    }
}
