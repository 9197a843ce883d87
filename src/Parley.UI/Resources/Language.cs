using System.Globalization;
using Parley.UI.State;

namespace Parley.UI.Resources;

/// <summary>The language of the interface. There is one for the program, as there is one person before it.</summary>
public static class Language
{
    /// <summary>
    /// The languages that every text is there in (ISO 639-1), each with its own name for itself. Another one is a file <c>Strings.CODE.resx</c> and a line
    /// here.
    /// </summary>
    public static IReadOnlyList<(string Code, string Name)> All { get; } = [("en", "English"), ("de", "Deutsch")];

    private static volatile Made? _formats;
    private static volatile ClockChoice _clock;

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
    internal static CultureInfo Formats
    {
        get
        {
            var (language, system, clock) = (Strings.Culture ?? CultureInfo.CurrentCulture, CultureInfo.CurrentCulture, _clock);
            if (_formats is { } known && known.Language == language && known.System == system && known.Clock == clock)
                return known.Formats;
            var formats = WithClock(language, system, clock);
            _formats = new Made(language, system, clock, formats);
            return formats;
        }
    }

    /// <summary>Counts the hours so from now on.</summary>
    public static void Choose(ClockChoice clock) => _clock = clock;

    /// <summary>A language's formats with the hours as they were chosen; where they were not, as the system has them, whatever its language.</summary>
    internal static CultureInfo WithClock(CultureInfo language, CultureInfo system, ClockChoice clock)
    {
        bool? wants24 = clock switch
        {
            ClockChoice.Hours12 => false,
            ClockChoice.Hours24 => true,
            _ => system.Equals(CultureInfo.InvariantCulture) ? null : Has24(system),
        };
        if (wants24 is not { } to24 || to24 == Has24(language))
            return language;
        var formats = (CultureInfo)language.Clone();
        (formats.DateTimeFormat.ShortTimePattern, formats.DateTimeFormat.LongTimePattern) = to24 ? ("HH:mm", "HH:mm:ss") : ("h:mm tt", "h:mm:ss tt");
        return CultureInfo.ReadOnly(formats);
    }

    private static bool Has24(CultureInfo culture) => culture.DateTimeFormat.ShortTimePattern.Contains('H', StringComparison.Ordinal);

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

    // Made once: a culture of one's own is no small thing.
    private sealed record Made(CultureInfo Language, CultureInfo System, ClockChoice Clock, CultureInfo Formats);
}
