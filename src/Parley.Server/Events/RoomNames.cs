using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>Who is in a channel, at one moment: it does not change, and may be read on any thread.</summary>
/// <param name="Everywhere">Who is in every channel: whoever has a connection of level 2.</param>
/// <param name="InRoom">Who is in this one at level 1.</param>
internal sealed record RoomNames(ImmutableSortedSet<string> Everywhere, ImmutableSortedSet<string> InRoom)
{
    /// <summary>Level 1 has no pages, and a frame holds so many in any case.</summary>
    public const int Most = 5_000;

    /// <summary>User names are ASCII: ordinal is code-point order.</summary>
    public static ImmutableSortedSet<string> None { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The first by name in code-point order; at most <see cref="Most"/>.</summary>
    /// <param name="alsoIn">Somebody who is about to be in it; null for nobody.</param>
    public UserEntry[] First(string? alsoIn)
    {
        var everywhere = alsoIn is null ? Everywhere : Everywhere.Add(alsoIn);
        var entries = new List<UserEntry>(Math.Min(Most, everywhere.Count + InRoom.Count));
        using var one = everywhere.GetEnumerator();
        using var other = InRoom.GetEnumerator();
        var (hasOne, hasOther) = (one.MoveNext(), other.MoveNext());
        while ((hasOne || hasOther) && entries.Count < Most)
        {
            var order = !hasOther ? -1 : !hasOne ? 1 : string.CompareOrdinal(one.Current, other.Current);
            entries.Add(new UserEntry(order <= 0 ? one.Current : other.Current, MemberStatus.Online));
            if (order <= 0)
                hasOne = one.MoveNext();
            if (order >= 0)
                hasOther = other.MoveNext();
        }

        return [.. entries];
    }

    /// <summary>The same as what stands between the brackets of a JSON array.</summary>
    public byte[][] ToJson()
    {
        var entries = First(null);
        if (entries.Length == 0)
            return [];
        var bytes = new ArrayBufferWriter<byte>(entries.Length * 48);
        using var json = new Utf8JsonWriter(bytes, ProtocolJson.WriterOptions);
        foreach (var entry in entries)
        {
            if (bytes.WrittenCount > 0)
                bytes.Write(","u8);
            JsonSerializer.Serialize(json, entry, ProtocolJson.Default.UserEntry);
            json.Flush();
            json.Reset();
        }

        return [bytes.WrittenSpan.ToArray()];
    }
}
