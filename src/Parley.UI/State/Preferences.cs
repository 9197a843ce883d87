using System.Text.Json.Serialization;

namespace Parley.UI.State;

/// <summary>The user's preferences.</summary>
/// <param name="Theme">The colours.</param>
/// <param name="Density">How close messages stand.</param>
/// <param name="FontPercent">The size of text, in percent.</param>
/// <param name="Notify">What causes a desktop notification.</param>
/// <param name="Language">The code of a language of the interface; null for the system's own.</param>
/// <param name="ShowsMembers">Whether the members stand beside the messages, where there is room for them.</param>
/// <param name="Clock">How the hours of the day are counted.</param>
public sealed record Preferences(
    ThemeChoice Theme = ThemeChoice.Dark, Density Density = Density.Cozy, int FontPercent = 100, NotifyLevel Notify = NotifyLevel.All,
    string? Language = null, bool ShowsMembers = true, ClockChoice Clock = ClockChoice.System);

/// <summary>How the hours of the day are counted.</summary>
public enum ClockChoice
{
    /// <summary>As the system does.</summary>
    System,

    /// <summary>Twice to twelve.</summary>
    Hours12,

    /// <summary>To twenty-four.</summary>
    Hours24,
}

/// <summary>The colours of the interface.</summary>
public enum ThemeChoice
{
    /// <summary>Light letters on dark grounds.</summary>
    Dark,

    /// <summary>Dark letters on light grounds.</summary>
    Light,

    /// <summary>What the system has.</summary>
    System,

    /// <summary>With the highest contrast.</summary>
    Contrast,
}

/// <summary>How close messages stand.</summary>
public enum Density
{
    /// <summary>With room around them, and avatars.</summary>
    Cozy,

    /// <summary>More of them on the screen.</summary>
    Compact,
}

/// <summary>What is worth a notification.</summary>
public enum NotifyLevel
{
    /// <summary>Every message that is not on the screen.</summary>
    All,

    /// <summary>Messages for the user: mentions and direct messages. (It has its name in the file from before there were mentions.)</summary>
    [JsonStringEnumMemberName("Direct")]
    Mentions,

    /// <summary>Nothing.</summary>
    Nothing,
}
