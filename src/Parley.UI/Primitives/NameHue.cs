using System.Globalization;

namespace Parley.UI.Primitives;

/// <summary>The colour and the letters that a name always has, on every screen and after every start.</summary>
public static class NameHue
{
    private const int Hues = 10;

    /// <summary>The class of a ground on which white letters stand.</summary>
    public static string GroundClass(string name) => string.Create(CultureInfo.InvariantCulture, $"hue-ground-{Of(name)}");

    /// <summary>The class of a text colour.</summary>
    public static string TextClass(string name) => string.Create(CultureInfo.InvariantCulture, $"hue-text-{Of(name)}");

    /// <summary>One or two letters: the first, and the first after an underscore or of a capitalized part.</summary>
    public static string Initials(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var letters = name.Trim('_');
        if (letters.Length == 0)
            return "?";
        var second = -1;
        for (var i = 1; i < letters.Length && second < 0; i++)
        {
            if (letters[i] != '_' && (letters[i - 1] == '_' || (char.IsAsciiLetterUpper(letters[i]) && char.IsAsciiLetterLower(letters[i - 1]))))
                second = i;
        }

        return (second < 0 ? letters[..1] : $"{letters[0]}{letters[second]}").ToUpperInvariant();
    }

    // FNV-1a over the lower-cased name: string.GetHashCode is another one in each process.
    private static uint Of(string name)
    {
        var hash = 2166136261u;
        foreach (var c in name)
            hash = (hash ^ char.ToLowerInvariant(c)) * 16777619u;
        return hash % Hues;
    }
}
