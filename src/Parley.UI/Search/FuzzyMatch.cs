namespace Parley.UI.Search;

/// <summary>How well a name fits what was typed: the whole name, its beginning, the beginning of a part, inside, or the letters in their order.</summary>
internal static class FuzzyMatch
{
    /// <summary>From this score on the name begins with what was typed.</summary>
    internal const int Beginning = 700;

    /// <summary>The higher the better; null where it does not fit at all.</summary>
    internal static int? Score(string typed, string name)
    {
        if (typed.Length == 0)
            return 0;
        if (name.Equals(typed, StringComparison.OrdinalIgnoreCase))
            return 1_000;
        var at = name.IndexOf(typed, StringComparison.OrdinalIgnoreCase);
        if (at == 0)
            return 800 - name.Length;
        if (at > 0)
            return (name[at - 1] is '-' or '_' ? 600 : 400) - name.Length;
        return Scattered(typed, name);
    }

    // Adjacent letters score higher.
    private static int? Scattered(string typed, string name)
    {
        var score = 100 - name.Length;
        var next = 0;
        foreach (var letter in typed)
        {
            var at = name.IndexOf(letter.ToString(), next, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                return null;
            score += at == next ? 10 : 0;
            next = at + 1;
        }

        return score;
    }
}
