using Parley.UI.State;

namespace Parley.UI.Features.Emoji;

/// <summary>One emoji.</summary>
/// <param name="Character">As it is sent: one character to the eye, whatever it is made of.</param>
/// <param name="Names">What is written between two colons, the usual one first; never empty.</param>
/// <param name="LightVariant">The same in the lightest skin tone; empty where it shows no skin.</param>
/// <param name="Label">What a screen reader says.</param>
/// <param name="Tags">What one would look for it by, besides.</param>
internal sealed record EmojiEntry(string Character, string[] Names, string LightVariant, string Label, string[] Tags)
{
    // The five modifiers follow each other from U+1F3FB (Fitzpatrick 1-2) to U+1F3FF (6), and are the whole difference between the variants.
    private const string LightModifier = "\U0001F3FB";

    /// <summary>The usual name.</summary>
    internal string Name => Names[0];

    /// <summary>The emoji in a skin tone; itself where it shows no skin.</summary>
    internal string In(SkinTone tone) =>
        tone == SkinTone.None || LightVariant.Length == 0 ? Character : LightVariant.Replace(LightModifier, ModifierOf(tone), StringComparison.Ordinal);

    private static string ModifierOf(SkinTone tone) => char.ConvertFromUtf32(char.ConvertToUtf32(LightModifier, 0) + (tone - SkinTone.Light));
}
