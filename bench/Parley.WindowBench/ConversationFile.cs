using Parley.Load.Replay;

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
        var texts = path is null ? MadeUp : Read(path);
        while (true)
        {
            foreach (var text in texts)
                yield return text;
        }
    }

    private static string[] Read(string path) =>
        [.. Transcript.Read(path).Where(line => line.Text.Length < 1_900 && !string.IsNullOrWhiteSpace(line.Text)).Select(line => $"{line.Nick}: {line.Text}")];
}
