using System.Text;

namespace Parley.Protocol.Text;

/// <summary>
/// Which scripts a host's letters are of. Chinese, Japanese and Korean names mix their scripts and stand before Latin endings, which nobody takes for something
/// else; any other mixture, in a label or between labels, may be made to be taken for another name.
/// </summary>
internal static class Scripts
{
    private const int Neutral = 0;
    private const int Latin = 1;
    private const int EastAsian = 2;
    private const int Greek = 3;
    private const int Cyrillic = 4;
    private const int Arabic = 5;
    private const int FirstOther = 16;

    internal static bool AreMixed(string host)
    {
        var (label, all) = (Neutral, Neutral);
        var isEastAsian = false;
        foreach (var rune in host.EnumerateRunes())
        {
            var script = Of(rune);
            if (rune.Value == '.')
                label = Neutral;
            if (script == Neutral)
                continue;
            if (label != Neutral && label != script)
                return true;
            label = script;
            isEastAsian |= script == EastAsian;
            if (script == EastAsian)
                continue;
            if (all != Neutral && all != script)
                return true;
            all = script;
        }

        return isEastAsian && all is not (Neutral or Latin);
    }

    private static int Of(Rune rune) => rune.Value switch
    {
        _ when !Rune.IsLetter(rune) => Neutral,
        < 0x250 or (>= 0x1E00 and <= 0x1EFF) or (>= 0x2C60 and <= 0x2C7F) or (>= 0xA720 and <= 0xA7FF) or (>= 0xFF21 and <= 0xFF5A) => Latin,
        (>= 0x370 and <= 0x3FF) or (>= 0x1F00 and <= 0x1FFF) => Greek,
        (>= 0x400 and <= 0x52F) or (>= 0x1C80 and <= 0x1C8F) or (>= 0xA640 and <= 0xA69F) => Cyrillic,
        (>= 0x600 and <= 0x6FF) or (>= 0x750 and <= 0x77F) or (>= 0x8A0 and <= 0x8FF) or (>= 0xFB50 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) => Arabic,
        (>= 0x1100 and <= 0x11FF) or (>= 0x2E80 and <= 0x9FFF) or (>= 0xA000 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97F) or (>= 0xAC00 and <= 0xD7FF)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0xFF66 and <= 0xFFDC) or (>= 0x1B000 and <= 0x1B16F) or (>= 0x20000 and <= 0x3FFFF) => EastAsian,
        var other => FirstOther + (other >> 7), // The scripts of South Asia have a half-block each.
    };
}
