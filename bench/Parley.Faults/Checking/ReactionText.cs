namespace Parley.Faults.Checking;

/// <summary>Reactions as text, the same for the same reactions: what a client shows is compared with what is stored.</summary>
internal static class ReactionText
{
    public static string Of(IEnumerable<KeyValuePair<string, int>> counts) =>
        string.Join(' ', counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => $"{count.Key}{count.Value}"));
}
