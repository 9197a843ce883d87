using System.Text.Json;

namespace Parley.Testing;

/// <summary>How tests read a received message.</summary>
public static class JsonElementVerbs
{
    /// <summary>The message's type; empty where it has none.</summary>
    public static string Type(this JsonElement message) => message.Text("type") ?? "";

    /// <summary>A field's text; null where it is absent, null or no string.</summary>
    public static string? Text(this JsonElement message, string field) =>
        message.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>A field's integer, which must be there.</summary>
    public static long Number(this JsonElement message, string field) => message.GetProperty(field).GetInt64();

    /// <summary>Whether the message bears this field, null or not.</summary>
    public static bool Has(this JsonElement message, string field) => message.TryGetProperty(field, out _);

    /// <summary>A field's array, which must be there.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement message, string field) => [.. message.GetProperty(field).EnumerateArray()];

    /// <summary>The names of a message's fields in the order in which they stand.</summary>
    public static IReadOnlyList<string> Fields(this JsonElement message) => [.. message.EnumerateObject().Select(p => p.Name)];
}
