using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol.Wire;

/// <summary>Times on the wire: <c>yyyy-MM-ddTHH:mm:ss.ffffff+00:00</c>, always with six digits and in UTC; programs exist that parse no other form.</summary>
public static class WireTime
{
    /// <summary>How many bytes the wire form takes; each is a character.</summary>
    internal const int Length = 32;

    // "2026-11-30T12:00:00.123456", of which the form that .NET writes fastest has one digit more.
    private const int LengthWithoutZone = 26;

    /// <summary>The time of so many microseconds after the Unix epoch, which is how the server keeps it.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) => DateTimeOffset.UnixEpoch.AddMicroseconds(microseconds);

    /// <summary>Microseconds after the Unix epoch, rounded down.</summary>
    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The wire form.</summary>
    public static string ToText(DateTimeOffset time)
    {
        Span<byte> text = stackalloc byte[Length];
        Write(time, text);
        return Encoding.ASCII.GetString(text);
    }

    // Every message bears one: a format of letters took ten times as long.
    internal static void Write(DateTimeOffset time, Span<byte> output)
    {
        time.UtcDateTime.TryFormat(output, out _, "O", CultureInfo.InvariantCulture);
        "+00:00"u8.CopyTo(output[LengthWithoutZone..]);
    }
}

internal sealed class WireTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : throw new JsonException("A time was expected.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[WireTime.Length];
        WireTime.Write(value, text);
        writer.WriteStringValue(text);
    }
}
