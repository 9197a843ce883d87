using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol.Wire;

/// <summary>Times on the wire: <c>yyyy-MM-ddTHH:mm:ss.ffffff+00:00</c>, always with six digits and in UTC; programs exist that parse no other form.</summary>
public static class WireTime
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'";

    /// <summary>The time of so many microseconds after the Unix epoch, which is how the server keeps it.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    /// <summary>Microseconds after the Unix epoch, rounded down.</summary>
    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The wire form.</summary>
    public static string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    internal static bool TryWrite(DateTimeOffset time, Span<char> output, out int written) =>
        time.UtcDateTime.TryFormat(output, out written, Format, CultureInfo.InvariantCulture);
}

internal sealed class WireTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : throw new JsonException("A time was expected.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<char> text = stackalloc char[40];
        WireTime.TryWrite(value, text, out var written);
        writer.WriteStringValue(text[..written]);
    }
}
