namespace Parley.UI.State;

/// <summary>How a person uses emoji.</summary>
/// <param name="Tone">The skin tone of hands and people.</param>
/// <param name="Recent">What was used last, the latest first, without its tone.</param>
public sealed record EmojiPreferences(SkinTone Tone, IReadOnlyList<string> Recent)
{
    /// <summary>How many are remembered: four rows of the picker.</summary>
    public const int MaxRecent = 36;

    /// <summary>Nothing was used yet.</summary>
    public static EmojiPreferences None { get; } = new(SkinTone.None, []);

    /// <summary>After an emoji was used.</summary>
    public EmojiPreferences After(string character) =>
        this with { Recent = [.. Recent.Where(other => other != character).Prepend(character).Take(MaxRecent)] };
}

/// <summary>The skin tones of Unicode.</summary>
public enum SkinTone
{
    /// <summary>The default yellow.</summary>
    None,

    /// <summary>Fitzpatrick types 1 and 2.</summary>
    Light,

    /// <summary>Type 3.</summary>
    MediumLight,

    /// <summary>Type 4.</summary>
    Medium,

    /// <summary>Type 5.</summary>
    MediumDark,

    /// <summary>Type 6.</summary>
    Dark,
}
