namespace Parley.UI.State;

/// <summary>How a person likes it.</summary>
public sealed record Preferences
{
    /// <summary>The colours.</summary>
    public ThemeChoice Theme { get; init; } = ThemeChoice.Dark;

    /// <summary>How close messages stand.</summary>
    public Density Density { get; init; } = Density.Cozy;

    /// <summary>The size of text, in percent.</summary>
    public int FontPercent { get; init; } = 100;

    /// <summary>What is told by the desktop's notifications.</summary>
    public NotifyLevel Notify { get; init; } = NotifyLevel.All;
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

    /// <summary>As far apart as colours go.</summary>
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
    /// <summary>Every message that nobody looks at.</summary>
    All,

    /// <summary>Direct messages.</summary>
    Direct,

    /// <summary>Nothing.</summary>
    Nothing,
}
