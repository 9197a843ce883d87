using Parley.Load.Replay;

namespace Parley.WindowBench;

/// <summary>What is said in the room: a conversation file (docs/performance.md says how one looks), or a made-up one.</summary>
internal static class Conversation
{
    private const int MadeUpCount = 20_000;

    private static readonly string[] MadeUp =
    [
        "Has anybody tried the new build?", "Yes, **works** here.", "It says `permission denied` when I start it as another user, and I do not see why.",
        "Look at https://example.org/help first, then come back.", "Thanks! That was it :)", "np",
    ];

    /// <summary>All lines that the server would take, in order.</summary>
    internal static IReadOnlyList<TranscriptLine> Read(string? path) => path is null
        ? [.. Enumerable.Range(0, MadeUpCount).Select(i => new TranscriptLine($"person{i / 2 % 30}", false, MadeUp[i % MadeUp.Length]))]
        : [.. Transcript.Read(path).Where(line => line.Text.Length < 1_900 && !string.IsNullOrWhiteSpace(line.Text))];
}
