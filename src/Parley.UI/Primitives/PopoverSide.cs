namespace Parley.UI.Primitives;

/// <summary>
/// Where a <see cref="Popover"/> stands beside what opened it. Where there is no room it takes the opposite side, and stays inside the window.
/// </summary>
public enum PopoverSide
{
    /// <summary>At its right.</summary>
    Right,

    /// <summary>At its left.</summary>
    Left,

    /// <summary>Above it.</summary>
    Above,

    /// <summary>Below it.</summary>
    Below,
}
