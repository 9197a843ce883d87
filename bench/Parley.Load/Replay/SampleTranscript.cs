namespace Parley.Load.Replay;

/// <summary>A small made-up conversation with all that is awkward in real ones; the same for the same seed.</summary>
internal static class SampleTranscript
{
    private static readonly string[] Nicks =
    [
        "alice", "Alice", "bob", "|quad-", "_quad_", "wilee-nilee", "a_very_long_nick_of_irc", "a_very_long_nick_of_irc2", "ng", "tj-", "zoë", "日本語",
        "bridge1", "eve",
        "mallory", "trent", "peggy", "victor",
    ];

    private static readonly string[] Texts =
    [
        "hi all", "which kernel are you on?", "see https://example.org/a?b=c&d=%20e for that", "sudo apt-get install foo && echo \"done\" > /tmp/x",
        "it's \\not\\ quoted", "👋🏽 thanks!",
        "ça marche, merci", "こんにちは", "a\tb\tc", "  spaces are kept  ", "colours \u0003" + "4red\u000F gone", "bell\a and escape\u001B[1m",
        "\uFFFD\uFFFD broken before", ":)", "{\"type\":\"message\"}",
    ];

    public static IReadOnlyList<TranscriptLine> Make(int count, int seed)
    {
        var random = new Random(seed);
        var lines = new List<TranscriptLine>(count);
        for (var i = 0; i < count; i++)
            lines.Add(new TranscriptLine(Nicks[Pick(random)], random.Next(20) == 0, TextFor(i, random)));
        return lines;
    }

    // Some speak much and most speak little, as people do.
    private static int Pick(Random random) => (int)(Nicks.Length * Math.Pow(random.NextDouble(), 2));

    private static string TextFor(int index, Random random) => (index % 50) switch
    {
        17 => " \t ", // blank: refused
        23 => "\u0001\u0002", // blank once the control characters are gone: refused
        31 => new string('x', 1_950 + random.Next(100)), // about half of them too long: refused
        41 => string.Concat(Enumerable.Repeat("😀", 1_500)), // 1,500 characters, 6,000 bytes
        _ => $"{Texts[random.Next(Texts.Length)]} ({index})",
    };
}
