using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Admin;
using Parley.Server.Features.Messages;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

/// <summary>Lists all channels but conversations, private and hidden ones, too, a page at a time.</summary>
internal sealed class AllChannelsCommand : IAdminCommand
{
    public string Name => "channels.list";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var channels = data.Read(store => ChannelAdminStore.Page(store, request.After ?? 0, AdminAnswer.MostRows));
        return Task.FromResult(AdminAnswer.Done("") with { Channels = channels, More = channels.Count == AdminAnswer.MostRows ? channels[^1].Id : null });
    }
}

/// <summary>Gives a channel another name.</summary>
internal sealed class RenameChannelCommand : IAdminCommand
{
    public string Name => "channels.rename";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var to = ChannelNameRule.Normalize(request.To);
        return ChannelNameRule.Check(to) is { } wrong
            ? Task.FromResult(AdminAnswer.Refuse(wrong))
            : data.WriteAsync(store => Rename(store, request.Name, to), cancellationToken);
    }

    private static AdminChange Rename(StoreConnection store, string? name, string to)
    {
        if (ChannelLookup.Find(store, name, out var refusal) is not { } found)
            return refusal;
        var (channel, isHidden) = found;
        if (channel.Name == to)
            return new AdminChange(AdminAnswer.Done($"#{to} is its name already."));
        if (!ChannelAdminStore.Rename(store, channel.Id, to))
            return AdminChange.Refuse($"Channel '{to}' already exists.");
        var change = new AdminChange(AdminAnswer.Done($"#{channel.Name} is #{to} now."));
        return isHidden
            ? change
            : change with { Events = [new ChannelWasRenamed(channel with { Name = to, LastNumber = null }, MessageStore.Latest(store, channel.Id), ChannelStore.AllShown(store))] };
    }
}

/// <summary>Hides a channel from everybody: no longer listed, written or sent. What was said in it stays in the file.</summary>
internal sealed class HideChannelCommand : IAdminCommand
{
    public string Name => "channels.hide";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        store =>
        {
            if (ChannelLookup.Find(store, request.Name, out var refusal) is not { } found)
                return refusal;
            var (channel, isHidden) = found;
            if (isHidden)
                return new AdminChange(AdminAnswer.Done($"#{channel.Name} is hidden already."));
            ChannelAdminStore.SetHidden(store, channel.Id, data.Now);
            return new AdminChange(AdminAnswer.Done($"#{channel.Name} is hidden.")) { Events = [new ChannelDisappeared(channel, ChannelStore.AllShown(store))] };
        },
        cancellationToken);
}

/// <summary>Shows a hidden channel again, with all that was said in it.</summary>
internal sealed class UnhideChannelCommand : IAdminCommand
{
    public string Name => "channels.unhide";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        store =>
        {
            if (ChannelLookup.Find(store, request.Name, out var refusal) is not { } found)
                return refusal;
            var (channel, isHidden) = found;
            if (!isHidden)
                return new AdminChange(AdminAnswer.Done($"#{channel.Name} is not hidden."));
            ChannelAdminStore.SetHidden(store, channel.Id, null);
            if (ChannelStore.CountShown(store) > ChannelStore.MostChannels)
                return AdminChange.Refuse($"There are {ChannelStore.MostChannels} channels already: no more fit.");
            return new AdminChange(AdminAnswer.Done($"#{channel.Name} is shown again."))
            {
                Events = [new ChannelAppeared(channel.LastNumber > 0 ? channel : channel with { LastNumber = null })],
            };
        },
        cancellationToken);
}

internal static class ChannelLookup
{
    /// <summary>The channel that the operator means; general is none of them, for every connection of level 1 begins there.</summary>
    public static (ChannelEntry Channel, bool IsHidden)? Find(StoreConnection store, string? typed, out AdminChange refusal)
    {
        var name = ChannelNameRule.Normalize(typed?.TrimStart('#'));
        refusal = name == ChannelNameRule.General
            ? AdminChange.Refuse($"#{name} stays as it is: every client begins there.")
            : AdminChange.Refuse($"There is no channel '{name}'.");
        return name == ChannelNameRule.General ? null : ChannelAdminStore.Find(store, name);
    }
}
