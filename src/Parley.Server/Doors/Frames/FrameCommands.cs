using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Doors.Frames;

/// <summary>The commands that a level knows, by the <c>type</c> that a frame bears, each with the contract by which its fields are read.</summary>
internal sealed class FrameCommands(CommandTable table)
{
    private readonly Dictionary<string, FrameCommand> _commands = table.Routes.ToDictionary(
        route => route.Key, route => new FrameCommand(route.Value, ContractOf(route.Value.CommandType)), StringComparer.Ordinal);

    public FrameCommand? Find(string type) => _commands.GetValueOrDefault(type);

    private static JsonTypeInfo ContractOf(Type command) =>
        ProtocolJson.Default.GetTypeInfo(command) ?? throw new InvalidOperationException($"{command.Name} has no contract in {nameof(ProtocolJson)}.");
}
