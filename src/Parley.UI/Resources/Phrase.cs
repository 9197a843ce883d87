namespace Parley.UI.Resources;

/// <summary>Puts names and numbers into the sentences of <see cref="Strings"/>.</summary>
internal static class Phrase
{
    internal static string Format(string sentence, params ReadOnlySpan<object?> parts) => string.Format(Language.Formats, sentence, parts);
}
