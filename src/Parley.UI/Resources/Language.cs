using System.Globalization;

namespace Parley.UI.Resources;

/// <summary>The language of the interface. There is one for the program, as there is one person before it.</summary>
public static class Language
{
    /// <summary>
    /// The languages that every text is there in (ISO 639-1), each with its own name for itself. Another one is a file <c>Strings.CODE.resx</c> and a line
    /// here.
    /// </summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("de", "Deutsch")];

    /// <summary>The code of the language that is spoken now.</summary>
    public static string Code
    {
        get
        {
            var code = (Strings.Culture ?? CultureInfo.CurrentUICulture).TwoLetterISOLanguageName;
            return All.Any(language => language.Code == code) ? code : All[0].Code;
        }
    }

    /// <summary>How dates and numbers are written.</summary>
    internal static CultureInfo Formats => Strings.Culture ?? CultureInfo.CurrentCulture;

    /// <summary>Speaks a language from now on; what is on the screen follows when it is drawn anew.</summary>
    /// <param name="code">One of <see cref="All"/>. Any other, or null: the system's own where it is there, else English.</param>
    public static void Choose(string? code)
    {
        if (All.All(language => language.Code != code))
            Strings.Culture = null;
        else if (CultureInfo.CurrentCulture.TwoLetterISOLanguageName == code && !CultureInfo.CurrentCulture.Equals(CultureInfo.InvariantCulture))
            Strings.Culture = CultureInfo.CurrentCulture; // Austria and Switzerland speak German, and write numbers their own way.
        else
            Strings.Culture = CultureInfo.GetCultureInfo(code!);
    }
}
