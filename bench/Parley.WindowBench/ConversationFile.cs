using System.IO.Compression;

namespace Parley.WindowBench;

/// <summary>What is said in the room: a conversation file (docs/performance.md says how one looks), or a made-up one.</summary>
internal static class ConversationFile
{
    private static readonly string[] MadeUp =
    [
        "Has anybody tried the new build?", "Yes, **works** here.", "It says `permission denied` when I start it as another user, and I do not see why.",
        "Look at https://example.org/help first, then come back.", "Thanks! That was it :)", "np",
    ];

    /// <summary>The texts in order, over again from the beginning where there are not enough.</summary>
    internal static IEnumerable<string> Texts(string? path)
    {
        while (true)
        {
            foreach (var text in path is null ? MadeUp : Read(path))
                yield return text;
        }
    }

    // time TAB nick TAB message|action TAB text
    private static IEnumerable<string> Read(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using var reader = new StreamReader(plain);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t', 4) is [_, var nick, _, { Length: > 0 } text] && text.Length < 1_900 && !string.IsNullOrWhiteSpace(text))
                yield return $"{nick}: {text}";
        }
    }
}
