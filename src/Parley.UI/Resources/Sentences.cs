using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Parley.Client;

namespace Parley.UI.Resources;

/// <summary>
/// What servers, the protocol's rules and the connection say is English wherever they run; here it is said in the reader's language. A file
/// <c>Sentences.CODE.resx</c> has the English sentence as the name of each text, with <c>{0}</c> for what differs in it.
/// </summary>
internal static class Sentences
{
    private static readonly ResourceManager Texts = new("Parley.UI.Resources.Sentences", typeof(Sentences).Assembly);
    private static readonly ConcurrentDictionary<string, Spoken> Languages = new();

    /// <summary>
    /// What the server refused, by its key: in words of this program's own, in every language. A key that is not known (a newer server, or one that has
    /// none) leaves the server's sentence.
    /// </summary>
    [return: NotNullIfNotNull(nameof(refusal))]
    internal static string? Of(Refusal? refusal)
    {
        if (refusal?.Key is not { } key || Strings.ResourceManager.GetString($"Refused_{key}", Strings.Culture) is not { } text)
            return Translate(refusal?.Message);
        object?[] values = [.. refusal.Values?.Select(value => Translate(value)) ?? []];
        if (values.Length == 0 && text.Contains("{0}", StringComparison.Ordinal))
            return Translate(refusal.Message);
        var isCounted = text.Contains('|', StringComparison.Ordinal);
        return isCounted && values is [string first, ..] && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? Phrase.Count(text, count)
            : Phrase.Format(text, values);
    }

    /// <summary>The sentence in the language of the interface; as it is where that has no other words for it (a newer server, one of another kind).</summary>
    [return: NotNullIfNotNull(nameof(english))]
    internal static string? Translate(string? english) => Translate(english, Language.Code);

    /// <summary>The same in one of <see cref="Language.All"/>.</summary>
    [return: NotNullIfNotNull(nameof(english))]
    internal static string? Translate(string? english, string code) =>
        english is null || code == Language.All[0].Code ? english : Languages.GetOrAdd(code, Read).Say(english);

    /// <summary>All of a language's sentences, by the English ones.</summary>
    internal static IReadOnlyDictionary<string, string> All(string code) => Languages.GetOrAdd(code, Read).Whole;

    private static Spoken Read(string code)
    {
        var set = Texts.GetResourceSet(CultureInfo.GetCultureInfo(code), createIfNotExists: true, tryParents: false) ?? throw new MissingManifestResourceException(code);
        var all = set.Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
        // The longest first: a sentence may begin as a shorter one does and go on.
        return new Spoken(
            all, [.. all.Where(text => text.Key.Contains("{0}", StringComparison.Ordinal)).OrderByDescending(text => text.Key.Length).Select(Pattern)]);
    }

    private static (Regex English, string Text) Pattern(KeyValuePair<string, string> text) =>
        (new Regex($"^{Regex.Escape(text.Key).Replace(@"\{0}", "(.+)", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking), text.Value);

    private sealed record Spoken(Dictionary<string, string> Whole, (Regex English, string Text)[] WithPlaces)
    {
        internal string Say(string english)
        {
            if (Whole.TryGetValue(english, out var text))
                return text;
            foreach (var (pattern, withPlace) in WithPlaces)
            {
                if (pattern.Match(english) is { Success: true } match)
                    return string.Format(CultureInfo.InvariantCulture, withPlace, match.Groups[1].Value);
            }

            return english;
        }
    }
}
