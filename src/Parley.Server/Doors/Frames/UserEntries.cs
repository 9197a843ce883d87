using System.Buffers;
using System.Text.Json;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events.People;

namespace Parley.Server.Doors.Frames;

/// <summary>Who is in a channel, as <c>user_list</c> and <c>channel_joined</c> tell it.</summary>
internal static class UserEntries
{
    /// <summary>Level 1 has no pages: at most as many as a frame holds in any case.</summary>
    public const int Most = 5_000;

    /// <summary>The first by name in code-point order; at most <see cref="Most"/>.</summary>
    /// <param name="names">Who is there.</param>
    /// <param name="alsoIn">Somebody who is about to be in it; null for nobody.</param>
    public static UserEntry[] First(OccupantNames names, string? alsoIn = null)
    {
        var everywhere = alsoIn is null ? names.Everywhere : names.Everywhere.Add(alsoIn);
        var entries = new List<UserEntry>(Math.Min(Most, everywhere.Count + names.InChannel.Count));
        using var one = everywhere.GetEnumerator();
        using var other = names.InChannel.GetEnumerator();
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

    /// <summary>The same as the elements of a JSON array.</summary>
    public static byte[][] ToJson(OccupantNames names)
    {
        var entries = First(names);
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
