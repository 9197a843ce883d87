using System.Text.Json;
using System.Text.Unicode;

namespace Parley.Protocol.Wire;

/// <summary>What a payload is, before anybody reads its fields.</summary>
public enum PayloadKind
{
    /// <summary>An object with a string <c>type</c>.</summary>
    Message,

    /// <summary>JSON, but no object with a string <c>type</c>: <see cref="ErrorCode.Invalid"/>, and the connection goes on.</summary>
    Malformed,

    /// <summary>Not UTF-8, or not JSON: the connection is closed.</summary>
    NotJson,
}

/// <summary>The part of a message that is read first: its type and its <c>ref</c>.</summary>
/// <param name="Kind">What the payload is.</param>
/// <param name="Type">The top-level <c>type</c>; null unless <paramref name="Kind"/> is <see cref="PayloadKind.Message"/>.</param>
/// <param name="Ref">The top-level <c>ref</c>, where there is a proper one.</param>
/// <param name="HasImproperRef">There is a <c>ref</c> of the wrong JSON type or length.</param>
public readonly record struct FrameHead(PayloadKind Kind, string? Type, RequestRef? Ref, bool HasImproperRef)
{
    /// <summary>Reads the head of <paramref name="payload"/> in one pass that also checks that all of it is UTF-8 JSON. Never throws.</summary>
    /// <remarks>
    /// JSON polymorphism cannot tell an unknown type from a missing one and loses its name, so the type is found by hand. The depth is not limited: the
    /// reader keeps one bit a level, and a deep value is legal JSON that ends as an unknown field or as one of the wrong type.
    /// </remarks>
    public static FrameHead Read(ReadOnlySpan<byte> payload)
    {
        if (!Utf8.IsValid(payload))
            return new FrameHead(PayloadKind.NotJson, null, null, false);
        try
        {
            return ReadValidUtf8(payload);
        }
        catch (JsonException)
        {
            return new FrameHead(PayloadKind.NotJson, null, null, false);
        }
    }

    private static FrameHead ReadValidUtf8(ReadOnlySpan<byte> payload)
    {
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = int.MaxValue });
        reader.Read();
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        string? type = null;
        RequestRef? reference = null;
        var improperRef = false;
        while (reader.Read())
        {
            if (!isObject || reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var isType = NameIs(ref reader, "type"u8);
            var isRef = !isType && NameIs(ref reader, "ref"u8);
            if (!isType && !isRef)
                continue;
            reader.Read();
            if (isType)
                type = TextOrNull(ref reader);
            else if (reader.TokenType == JsonTokenType.Null)
                reference = null;
            else if (RequestRef.TryRead(ref reader, out var found))
                reference = found;
            else
                improperRef = true;
        }

        return new FrameHead(type is null ? PayloadKind.Malformed : PayloadKind.Message, type, reference, improperRef);
    }

    private static bool NameIs(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            return false; // A lone surrogate in the name: some other field, and unknown.
        }
    }

    private static string? TextOrNull(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
            return null;
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // A lone surrogate, "\ud800": JSON by its grammar, but no text.
        }
    }
}
