using Parley.Server.Commands;

namespace Parley.Server.Features.Reactions;

/// <summary>What people answer a message with, in one sign.</summary>
internal static class ReactionsFeature
{
    public static void Map(CommandTable table) => table
        .Write("reaction_add", new AddReactionHandler())
        .Write("reaction_remove", new RemoveReactionHandler())
        .Read("reaction_list", new ListReactionsHandler());
}
