using Parley.Server.Commands;

namespace Parley.Server.Features.ReadState;

/// <summary>How far somebody has read, and what is unread.</summary>
internal static class ReadStateFeature
{
    public static void Map(CommandTable table) =>
        table.Write("read", new MarkReadHandler());
}
