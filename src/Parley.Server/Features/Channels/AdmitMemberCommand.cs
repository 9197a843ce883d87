using Parley.Server.Admin;
using Parley.Server.Features.Accounts;

namespace Parley.Server.Features.Channels;

/// <summary>Lets a member into a channel, or puts one out, whatever everybody may.</summary>
internal sealed class AdmitMemberCommand(bool isIn) : IAdminCommand
{
    public string Name => isIn ? "channels.admit" : "channels.expel";

    public Task<AdminAnswer> RunAsync(AdminRequest request, IAdminData data, CancellationToken cancellationToken) => data.WriteAsync(
        db =>
        {
            if (ChannelLookup.Find(db, request.Name, out var refusal) is not { } found)
                return refusal;
            if (UserStore.Find(db, request.To ?? "") is not { } user)
                return AdminChange.Refuse($"There is no account '{request.To}'.");
            var (channel, isHidden) = found;
            var changed = VisibilityWrites.SetForMember(db, channel, user.Id, isIn);
            var sees = isIn ? "sees" : "does not see";
            var since = changed is null ? "already" : "now";
            return VisibilityAnswer.Change($"{user.Username} {sees} #{channel.Name} {since}.", changed, isHidden);
        },
        cancellationToken);
}
