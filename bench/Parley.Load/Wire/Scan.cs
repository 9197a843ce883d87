using System.Buffers.Text;

namespace Parley.Load.Wire;

/// <summary>
/// Finds single fields in a payload without parsing it. Safe because a quote inside a JSON string is escaped: <c>"number":</c> can stand in a payload only
/// as a field's name.
/// </summary>
internal static class Scan
{
    /// <summary>The integer after <paramref name="name"/> (with quotes and colon); -1 where there is none.</summary>
    public static long Number(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> name)
    {
        var at = payload.IndexOf(name);
        return at >= 0 && Utf8Parser.TryParse(payload[(at + name.Length)..], out long value, out _) ? value : -1;
    }

    /// <summary>The integer that follows <paramref name="marker"/> in the payload's last part, where nonces stand; -1 where there is none.</summary>
    public static long LastNumber(ReadOnlySpan<byte> payload, ReadOnlySpan<byte> marker)
    {
        var at = payload.LastIndexOf(marker);
        return at >= 0 && Utf8Parser.TryParse(payload[(at + marker.Length)..], out long value, out _) ? value : -1;
    }
}
