using System.Buffers.Text;
using System.Globalization;

namespace Parley.Load.Rooms;

/// <summary>
/// What a measured message says: <c>~#SEQUENCE@TICKS</c> and padding. The ticks are when the message was <em>due</em>, so that a sender that was held up
/// cannot hide the delay (no coordinated omission).
/// </summary>
internal readonly record struct Stamp(long Sequence, long DueTicks)
{
    private static ReadOnlySpan<byte> Mark => "~#"u8;

    public string ToText(int length)
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"~#{Sequence}@{DueTicks} ");
        return text.PadRight(length, 'x');
    }

    public static bool TryFind(ReadOnlySpan<byte> payload, out Stamp stamp)
    {
        stamp = default;
        var at = payload.IndexOf(Mark);
        if (at < 0)
            return false;
        var rest = payload[(at + Mark.Length)..];
        if (!Utf8Parser.TryParse(rest, out long sequence, out var used) || !Utf8Parser.TryParse(rest[(used + 1)..], out long ticks, out _))
            return false;
        stamp = new Stamp(sequence, ticks);
        return true;
    }
}
