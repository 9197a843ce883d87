using System.Text.Json.Serialization;

namespace Parley.Desktop.Instances;

/// <summary>What a second start of a profile asks the program that runs: one line of JSON.</summary>
/// <param name="Server">The server of its <c>--server</c>, as HOST:PORT.</param>
/// <param name="Trust">The fingerprint of its <c>--trust</c>.</param>
/// <param name="WantsAddress">It was asked for no window: it wants an address to print.</param>
/// <param name="StartupId">What the desktop gave to it, and takes as the sign that a person wants the window in front.</param>
internal sealed record SecondStart(string? Server, string? Trust, bool WantsAddress, string? StartupId);

/// <summary>The answer to a <see cref="SecondStart"/>: one line of JSON.</summary>
/// <param name="Address">Where the interface is, where it has no window to bring up; null where that window is up.</param>
internal sealed record FirstAnswer(string? Address);

[JsonSerializable(typeof(SecondStart))]
[JsonSerializable(typeof(FirstAnswer))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class InstanceJson : JsonSerializerContext;
