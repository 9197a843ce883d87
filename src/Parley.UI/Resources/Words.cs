using System.Globalization;

namespace Parley.UI.Resources;

/// <summary>Puts names and numbers into the sentences of <see cref="Strings"/>.</summary>
internal static class Words
{
    internal static string With(string sentence, params ReadOnlySpan<object?> parts) => string.Format(CultureInfo.CurrentCulture, sentence, parts);
}
