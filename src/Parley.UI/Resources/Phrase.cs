namespace Parley.UI.Resources;

/// <summary>Puts names and numbers into the sentences of <see cref="Strings"/>.</summary>
internal static class Phrase
{
    internal static string Format(string sentence, params ReadOnlySpan<object?> parts) => string.Format(Language.Formats, sentence, parts);

    /// <summary>For a number of things: the sentence has two forms, <c>one|other</c>, or one that fits all numbers.</summary>
    /// <param name="forms">The sentence; <c>{0}</c> is the number, <c>{1}</c> and so on the parts.</param>
    /// <param name="count">The number.</param>
    /// <param name="parts">What else differs in it.</param>
    internal static string Count(string forms, int count, params ReadOnlySpan<object?> parts) =>
        Format(forms.Split('|') is [var one, var other] ? count == 1 ? one : other : forms, [count, .. parts]);
}
