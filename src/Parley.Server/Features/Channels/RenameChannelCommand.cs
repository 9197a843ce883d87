using Parley.Protocol.Rules;
using Parley.Server.Admin;
using Parley.Server.Features.Messages;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

/// <summary>Gives a channel another name.</summary>
internal sealed class RenameChannelCommand : IAdminCommand
{
    public string Name => "channels.rename";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken)
    {
        var to = ChannelNameRule.Normalize(request.To);
        return ChannelNameRule.Check(to) is { } wrong
            ? Task.FromResult(AdminAnswer.Refuse(wrong))
            : data.WriteAsync(db => Rename(db, request.Name, to), cancellationToken);
    }

    private static AdminChange Rename(DatabaseConnection db, string? name, string to)
    {
        if (ChannelLookup.Find(db, name, out var refusal) is not { } found)
            return refusal;
        var (channel, isHidden) = found;
        if (channel.Name == to)
            return new AdminChange(AdminAnswer.Done($"#{to} is its name already."));
        if (!ChannelAdminStore.Rename(db, channel.Id, to))
            return AdminChange.Refuse($"Channel '{to}' already exists.");
        var change = new AdminChange(AdminAnswer.Done($"#{channel.Name} is #{to} now."));
        return isHidden
            ? change
            : change with { Events = [new ChannelWasRenamed(channel with { Name = to, LastNumber = null }, MessageStore.Latest(db, channel.Id), ChannelStore.AllShown(db))] };
    }
}
