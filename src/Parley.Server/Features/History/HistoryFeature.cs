using Parley.Server.Commands;

namespace Parley.Server.Features.History;

/// <summary>Paging through a log in both directions.</summary>
internal static class HistoryFeature
{
    public static void Map(CommandTable table) =>
        table.Read("history", new ReadHistoryHandler());
}
