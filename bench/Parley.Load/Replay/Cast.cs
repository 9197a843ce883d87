using Parley.Protocol.Rules;

namespace Parley.Load.Replay;

/// <summary>
/// Who speaks: the busiest nicks under names of their own, all others through a few bridge accounts. Nicks that differ only in case are one user; names
/// that would collide once they fit the user-name rule get a number.
/// </summary>
internal sealed class Cast
{
    private readonly Dictionary<string, int> _speakerOf;
    private readonly int _namedCount;

    private Cast(IReadOnlyList<string> names, Dictionary<string, int> speakerOf, int namedCount)
    {
        Names = names;
        _speakerOf = speakerOf;
        _namedCount = namedCount;
    }

    /// <summary>The user names, the busiest first and the bridges last.</summary>
    public IReadOnlyList<string> Names { get; }

    public int SpeakerOf(TranscriptLine line) => _speakerOf[line.Nick];

    /// <summary>What the speaker of a line says: a bridge names whom it speaks for.</summary>
    public string TextOf(TranscriptLine line) => SpeakerOf(line) < _namedCount ? line.Text : $"{line.Nick}: {line.Text}";

    public static Cast For(IReadOnlyList<TranscriptLine> lines, int namedCount, int bridgeCount)
    {
        var byCount = lines.CountBy(l => l.Nick, StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.OrdinalIgnoreCase).Select(p => p.Key).ToList();
        var names = new List<string>();
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var speakerOf = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var nick in byCount.Take(namedCount))
        {
            speakerOf[nick] = names.Count;
            names.Add(Claim(ToUserName(nick), taken));
        }

        var named = names.Count;
        for (var i = 1; i <= bridgeCount; i++)
            names.Add(Claim($"bridge{i}", taken));
        // A nick keeps its bridge, so that its lines keep their order; the busiest are dealt out one by one, so that the bridges have alike much to say.
        var rest = byCount.Skip(namedCount).ToList();
        if (rest.Count > 0 && bridgeCount == 0)
            throw new ArgumentException("There are more nicks than named ones, and no bridge for the rest.");
        for (var i = 0; i < rest.Count; i++)
            speakerOf[rest[i]] = named + (i % bridgeCount);
        return new Cast(names, speakerOf, named);
    }

    private static string ToUserName(string nick)
    {
        var letters = string.Concat(nick.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'));
        return Cut(letters, UserNameRule.MaxLength).PadRight(UserNameRule.MinLength, '_');
    }

    private static string Claim(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(free); number++)
            free = Cut(name, UserNameRule.MaxLength - $"_{number}".Length) + $"_{number}";
        return free;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
