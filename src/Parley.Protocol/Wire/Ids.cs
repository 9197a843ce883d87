using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol.Wire;

/// <summary>A person's account. A positive integer, unique on one server, stable for ever.</summary>
[JsonConverter(typeof(UserIdConverter))]
public readonly record struct UserId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A channel or a direct conversation. A positive integer, unique on one server, stable for ever.</summary>
[JsonConverter(typeof(ChannelIdConverter))]
public readonly record struct ChannelId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A message. A positive integer, unique on one server, stable for ever; it says nothing of order (the number does).</summary>
[JsonConverter(typeof(MessageIdConverter))]
public readonly record struct MessageId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A login. A positive integer, unique on one server. It says which one is meant, and opens nothing: that is what its token does.</summary>
[JsonConverter(typeof(SessionIdConverter))]
public readonly record struct SessionId(long Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}

// Without a converter an id struct would be written as {"value":5}.
internal sealed class UserIdConverter : JsonConverter<UserId>
{
    public override UserId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(WireInteger.Read(ref reader));

    public override void Write(Utf8JsonWriter writer, UserId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

internal sealed class ChannelIdConverter : JsonConverter<ChannelId>
{
    public override ChannelId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(WireInteger.Read(ref reader));

    public override void Write(Utf8JsonWriter writer, ChannelId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

internal sealed class MessageIdConverter : JsonConverter<MessageId>
{
    public override MessageId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(WireInteger.Read(ref reader));

    public override void Write(Utf8JsonWriter writer, MessageId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

internal sealed class SessionIdConverter : JsonConverter<SessionId>
{
    public override SessionId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(WireInteger.Read(ref reader));

    public override void Write(Utf8JsonWriter writer, SessionId value, JsonSerializerOptions options) => writer.WriteNumberValue(value.Value);
}

internal static class WireInteger
{
    internal static long Read(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : throw new JsonException("An integer was expected.");
}
