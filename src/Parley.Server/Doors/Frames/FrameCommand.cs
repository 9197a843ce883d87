using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Wire;
using Parley.Server.Commands;

namespace Parley.Server.Doors.Frames;

/// <summary>A command and how its JSON is read.</summary>
internal sealed class FrameCommand(Route route, JsonTypeInfo contract)
{
    public Route Route { get; } = route;

    /// <summary>Reads the fields; null where one has the wrong JSON type.</summary>
    public Command? Read(ReadOnlySpan<byte> payload)
    {
        try
        {
            return JsonSerializer.Deserialize(payload, contract) as Command;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null; // InvalidOperationException: a lone surrogate in a string, which is no text.
        }
    }
}
