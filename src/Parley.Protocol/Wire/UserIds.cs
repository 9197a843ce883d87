using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Parley.Protocol.Wire;

/// <summary>Some people, never none. Two are equal where they name the same people, so that what bears them can be compared as a whole.</summary>
[JsonConverter(typeof(UserIdsConverter))]
public sealed class UserIds : IEquatable<UserIds>
{
    private readonly UserId[] _ids;

    private UserIds(UserId[] ids) => _ids = ids;

    /// <summary>The ids, in the order in which they were told.</summary>
    public IReadOnlyList<UserId> All => _ids;

    /// <summary>These people; null where there are none.</summary>
    public static UserIds? Of(params IEnumerable<UserId> ids) => ids.ToArray() is { Length: > 0 } some ? new UserIds(some) : null;

    /// <summary>What <see cref="ToString"/> wrote; null for an empty text.</summary>
    public static UserIds? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Of(text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => new UserId(long.Parse(id, CultureInfo.InvariantCulture))));
    }

    /// <summary>Whether somebody is among them.</summary>
    public bool Contains(UserId id) => Array.IndexOf(_ids, id) >= 0;

    /// <inheritdoc/>
    public bool Equals(UserIds? other) => other is not null && _ids.AsSpan().SequenceEqual(other._ids);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UserIds);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var id in _ids)
            hash.Add(id);
        return hash.ToHashCode();
    }

    /// <summary>The ids with commas between them.</summary>
    public override string ToString() => string.Join(',', _ids);
}

internal sealed class UserIdsConverter : JsonConverter<UserIds>
{
    public override UserIds? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A list of integers was expected.");
        List<UserId> ids = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            ids.Add(new UserId(WireInteger.Read(ref reader)));
        return UserIds.Of(ids);
    }

    public override void Write(Utf8JsonWriter writer, UserIds value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var id in value.All)
            writer.WriteNumberValue(id.Value);
        writer.WriteEndArray();
    }
}
