using TextMateSharp.Grammars;
using TextMateSharp.Registry;

namespace Parley.Desktop.CodeColours;

/// <summary>
/// A few grammars by their languages' names. It only grows: the one who has it lets go of all of it, since grammars share what they are made of.
/// </summary>
internal sealed class GrammarShelf
{
    // They are made of all the others: a second and 50 MB for a few colours.
    private static readonly HashSet<string> TooLarge = ["markdown", "asciidoc", "latex", "tex", "typst", "razor"];

    private readonly Dictionary<string, IGrammar?> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly RegistryOptions _options = new(ThemeName.DarkPlus);
    private readonly Registry _registry;

    internal GrammarShelf() => _registry = new Registry(_options);

    /// <summary>How many names it has a grammar for.</summary>
    internal int Count => _byName.Count(known => known.Value is not null);

    /// <summary>Whether the name was asked for before.</summary>
    internal bool Has(string name) => _byName.ContainsKey(name);

    /// <summary>The grammar of a language; null where there is none.</summary>
    internal IGrammar? Take(string name)
    {
        if (_byName.TryGetValue(name, out var known))
            return known;
        return _byName[name] = IdOf(name) is { } id && !TooLarge.Contains(id) ? _registry.LoadGrammar(_options.GetScopeByLanguageId(id)) : null;
    }

    // "csharp", "C#", "cs": people write the name, another name, or the end of a file's name.
    private string? IdOf(string name) => _options.GetAvailableLanguages()
        .OrderByDescending(language => IsSame(language.Id, name))
        .FirstOrDefault(language => IsSame(language.Id, name)
            || language.Aliases?.Any(alias => IsSame(alias, name)) == true
            || language.Extensions?.Any(extension => IsSame(extension, "." + name)) == true)
        ?.Id;

    private static bool IsSame(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
