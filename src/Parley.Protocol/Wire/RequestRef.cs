using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol.Wire;

/// <summary>
/// The id that the asker gives a request (level 2): an integer, or a string of at most <see cref="MaxBytes"/> bytes as written. The answer bears the
/// same one, to the letter; whoever answers never looks into it.
/// </summary>
[JsonConverter(typeof(RequestRefConverter))]
public readonly record struct RequestRef
{
    /// <summary>The longest id, in bytes of JSON text, quotes included.</summary>
    public const int MaxBytes = 66;

    private RequestRef(string json) => Json = json;

    /// <summary>The JSON token as it was written, quotes included.</summary>
    public string Json { get; }

    /// <summary>An id that is a number.</summary>
    public static RequestRef FromNumber(long number) => new(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The number that <see cref="FromNumber"/> was given, or null where the id is something else.</summary>
    public long? Number =>
        long.TryParse(Json, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var n) ? n : null;

    /// <summary>Reads the id at the reader's token; false where it is neither a string nor an integer, or too long.</summary>
    public static bool TryRead(ref Utf8JsonReader reader, out RequestRef value)
    {
        value = default;
        var isString = reader.TokenType == JsonTokenType.String;
        if (!isString && (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out _)))
            return false;
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length + (isString ? 2 : 0) > MaxBytes)
            return false;
        var text = Encoding.UTF8.GetString(reader.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(reader.ValueSequence) : reader.ValueSpan);
        value = new RequestRef(isString ? $"\"{text}\"" : text);
        return true;
    }
}

internal sealed class RequestRefConverter : JsonConverter<RequestRef>
{
    public override RequestRef Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        RequestRef.TryRead(ref reader, out var value) ? value : throw new JsonException("A ref is an integer or a short string.");

    public override void Write(Utf8JsonWriter writer, RequestRef value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json);
}
