using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Server.Admin;
using Parley.Server.Storage;

namespace Parley.Server.Features.Channels;

internal static class ChannelLookup
{
    /// <summary>The channel that the operator names. General cannot be changed: every connection of level 1 begins there.</summary>
    public static (ChannelEntry Channel, bool IsHidden)? Find(DatabaseConnection db, string? typed, out AdminChange refusal)
    {
        var name = ChannelNameRule.Normalize(typed?.TrimStart('#'));
        refusal = name == ChannelNameRule.General
            ? AdminChange.Refuse($"#{name} stays as it is: every client begins there.")
            : AdminChange.Refuse($"There is no channel '{name}'.");
        return name == ChannelNameRule.General ? null : ChannelAdminStore.Find(db, name);
    }
}
