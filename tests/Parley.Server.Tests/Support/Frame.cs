using System.Text.Json.Nodes;

namespace Parley.Server.Tests.Support;

/// <summary>A frame that the server sent: its text to the byte, and what it means.</summary>
public sealed class Frame(string raw)
{
    private readonly JsonObject _fields = JsonNode.Parse(raw)?.AsObject() ?? throw new InvalidDataException($"The server sent no object: {raw}");

    public string Raw { get; } = raw;

    public string Type => Text("type");

    public JsonNode? this[string field] => _fields[field];

    public string Text(string field) => (_fields[field] ?? throw new InvalidDataException($"No '{field}' in {Raw}")).GetValue<string>();

    public long Number(string field) => (_fields[field] ?? throw new InvalidDataException($"No '{field}' in {Raw}")).GetValue<long>();

    public bool Has(string field) => _fields.ContainsKey(field);

    public IReadOnlyList<JsonNode> List(string field) =>
        [.. (_fields[field] ?? throw new InvalidDataException($"No '{field}' in {Raw}")).AsArray().Select(n => n!)];

    public IReadOnlyList<string> Names(string list, string field) => [.. List(list).Select(n => n[field]!.GetValue<string>())];

    /// <summary>The same fields, all of them and no others, with the same values; see <see cref="WirePattern"/> for what may vary.</summary>
    public Frame ShouldBe(string expected)
    {
        var wanted = JsonNode.Parse(expected);
        var got = (JsonObject)_fields.DeepClone();
        if (got["type"]?.GetValue<string>() == "error")
        {
            foreach (var field in OfTranslation.Where(field => wanted?[field] is null))
                got.Remove(field);
        }

        var difference = WirePattern.Difference(wanted, got, "$");
        Assert.True(difference is null, $"{difference}\n expected {expected}\n      got {Raw}");
        return this;
    }

    // By what a client translates an error (level 2); tests name it where they are about it.
    private static readonly string[] OfTranslation = ["key", "values"];

    /// <summary>The same, with the expected frame as an anonymous object.</summary>
    public Frame ShouldBe(object expected) => ShouldBe(Json.Write(expected));

    public Frame ShouldBeError(string code, string message) => ShouldBe(new { type = "error", code, message });

    /// <summary>An <c>error</c> of that code, whatever its words.</summary>
    public Frame ShouldBeRefusal(string code) => ShouldBe(new { type = "error", code, message = "<text>" });

    public override string ToString() => Raw;
}
