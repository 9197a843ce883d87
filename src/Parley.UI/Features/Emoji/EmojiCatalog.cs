using System.Collections.Concurrent;
using System.Collections.Frozen;
using Parley.UI.Search;
using Parley.UI.State;

namespace Parley.UI.Features.Emoji;

/// <summary>
/// Every emoji, with its names. The one list for completion, picker and messages; eng/emoji.py writes the files that it is read from when it is first needed.
/// </summary>
internal sealed class EmojiCatalog
{
    // Letters scattered over a name find too much among thousands of names.
    private const int LeastScore = 200;
    private const int LabelScore = 500;
    private const int TagScore = 350;
    private const int RecentScore = 60;

    private static readonly ConcurrentDictionary<string, Lazy<EmojiCatalog>> ByLanguage = new();

    private readonly FrozenDictionary<string, EmojiEntry> _byName;
    private readonly FrozenDictionary<string, EmojiEntry> _byCharacter;

    private EmojiCatalog(IReadOnlyList<(string Key, IReadOnlyList<EmojiEntry> Entries)> groups)
    {
        Groups = groups;
        _byCharacter = groups.SelectMany(group => group.Entries).ToFrozenDictionary(entry => entry.Character);
        _byName = groups.SelectMany(group => group.Entries)
            .SelectMany(entry => entry.Names.Select(name => KeyValuePair.Create(name, entry)))
            .ToFrozenDictionary();
    }

    /// <summary>The emoji in Unicode's order, by Unicode's groups.</summary>
    internal IReadOnlyList<(string Key, IReadOnlyList<EmojiEntry> Entries)> Groups { get; }

    /// <summary>The list with labels and search words of the reader's language, where there are any; names between colons are the same everywhere.</summary>
    /// <param name="language">As ISO 639-1 has it.</param>
    internal static EmojiCatalog Of(string language) =>
        ByLanguage.GetOrAdd(language, chosen => new Lazy<EmojiCatalog>(() => Read(chosen))).Value;

    /// <summary>The emoji of a name without its colons; null where there is none.</summary>
    internal EmojiEntry? ByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The emoji that is this character; null where there is none.</summary>
    internal EmojiEntry? ByCharacter(string character) => _byCharacter.GetValueOrDefault(character);

    /// <summary>What a character is called; itself where it is no known emoji.</summary>
    internal string LabelOf(string character) => ByCharacter(character)?.Label ?? character;

    /// <summary>The emoji that fit best, the best first.</summary>
    internal IEnumerable<EmojiEntry> Find(string typed, EmojiPreferences habits)
    {
        var sought = typed.Trim().Trim(':').Replace(' ', '_');
        return Groups.SelectMany(group => group.Entries)
            .Select(entry => (Entry: entry, Score: Score(sought, entry)))
            .Where(found => found.Score >= LeastScore)
            .OrderByDescending(found => found.Score + (habits.Recent.Contains(found.Entry.Character) ? RecentScore : 0))
            .Select(found => found.Entry);
    }

    private static int Score(string typed, EmojiEntry entry)
    {
        var best = 0;
        foreach (var name in entry.Names)
            best = Math.Max(best, FuzzyMatch.Score(typed, name) ?? 0);
        // Scores less than the beginning of a name, and more than its inside.
        if (best < LabelScore && entry.Label.Split(' ').Any(word => word.StartsWith(typed, StringComparison.CurrentCultureIgnoreCase)))
            best = LabelScore;
        if (best < TagScore && entry.Tags.Any(tag => tag.StartsWith(typed, StringComparison.CurrentCultureIgnoreCase)))
            best = TagScore;
        return best;
    }

    private static EmojiCatalog Read(string language)
    {
        var translated = Resource(language) is not { } resource
            ? []
            : Lines(resource).Select(line => line.Split('\t')).ToDictionary(fields => fields[0], fields => (Label: fields[1], Tags: fields[2].Split(' ')));
        var groups = new List<(string Key, IReadOnlyList<EmojiEntry> Entries)>();
        var entries = new List<EmojiEntry>();
        foreach (var line in Lines(Resource(null)))
        {
            if (line.StartsWith("= ", StringComparison.Ordinal))
            {
                entries = [];
                groups.Add((line[2..], entries));
                continue;
            }

            var fields = line.Split('\t');
            var (label, tags) = translated.GetValueOrDefault(fields[0], (fields[3], fields[4].Split(' ')));
            entries.Add(new EmojiEntry(fields[0], fields[1].Split(' '), fields[2], label, tags));
        }

        return new EmojiCatalog(groups);
    }

    private static Stream? Resource(string? language) =>
        typeof(EmojiCatalog).Assembly.GetManifestResourceStream(language is null ? "emoji.txt" : $"emoji.{language}.txt");

    private static IEnumerable<string> Lines(Stream? resource)
    {
        using var reader = new StreamReader(resource ?? throw new InvalidOperationException("The list of emoji is missing."));
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith("//", StringComparison.Ordinal))
                yield return line;
        }
    }
}
