using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Parley.Server.Tests.Support;

/// <summary>
/// Compares a frame with what the protocol says of it. Fields are a set: a missing one and one too many are differences. What cannot be known beforehand
/// stands as a placeholder: <c>&lt;time&gt;</c>, <c>&lt;id&gt;</c>, <c>&lt;number&gt;</c>, <c>&lt;token&gt;</c>, <c>&lt;text&gt;</c>, <c>&lt;list&gt;</c>.
/// </summary>
internal static partial class WirePattern
{
    /// <summary>The first difference, in words; null where there is none.</summary>
    public static string? Difference(JsonNode? expected, JsonNode? actual, string path) => expected switch
    {
        JsonObject fields => actual is JsonObject others ? DifferenceOfFields(fields, others, path) : $"{path} is no object",
        JsonArray items => actual is JsonArray others ? DifferenceOfItems(items, others, path) : $"{path} is no list",
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('<') => Fits(text, actual) ? null : $"{path} is no {text}",
        _ => JsonNode.DeepEquals(expected, actual) ? null : $"{path} is {actual?.ToJsonString() ?? "null"}",
    };

    private static string? DifferenceOfFields(JsonObject expected, JsonObject actual, string path)
    {
        var missing = expected.Select(f => f.Key).Except(actual.Select(f => f.Key)).FirstOrDefault();
        if (missing is not null)
            return $"{path}.{missing} is missing";
        var surplus = actual.Select(f => f.Key).Except(expected.Select(f => f.Key)).FirstOrDefault();
        return surplus is not null
            ? $"{path}.{surplus} is not in the protocol"
            : expected.Select(f => Difference(f.Value, actual[f.Key], $"{path}.{f.Key}")).FirstOrDefault(d => d is not null);
    }

    private static string? DifferenceOfItems(JsonArray expected, JsonArray actual, string path) => expected.Count != actual.Count
        ? $"{path} has {actual.Count} items"
        : expected.Select((item, i) => Difference(item, actual[i], $"{path}[{i}]")).FirstOrDefault(d => d is not null);

    private static bool Fits(string placeholder, JsonNode? actual) => placeholder switch
    {
        "<time>" => actual?.GetValueKind() == JsonValueKind.String && Time().IsMatch(actual.GetValue<string>()),
        "<token>" => actual?.GetValueKind() == JsonValueKind.String && Token().IsMatch(actual.GetValue<string>()),
        "<text>" => actual?.GetValueKind() == JsonValueKind.String && actual.GetValue<string>().Length > 0,
        "<id>" => actual?.GetValueKind() == JsonValueKind.Number && actual.AsValue().TryGetValue<long>(out var id) && id > 0,
        "<number>" => actual?.GetValueKind() == JsonValueKind.Number && actual.AsValue().TryGetValue<long>(out var number) && number >= 0,
        "<list>" => actual is JsonArray,
        _ => throw new ArgumentException($"No such placeholder: {placeholder}"),
    };

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00\z")]
    private static partial Regex Time();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Token();
}
