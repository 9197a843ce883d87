namespace Parley.UI.Primitives;

/// <summary>How much a button asks for.</summary>
public enum ButtonKind
{
    /// <summary>The one thing to do here.</summary>
    Primary,

    /// <summary>Another thing to do here.</summary>
    Secondary,

    /// <summary>Words that can be pressed.</summary>
    Quiet,

    /// <summary>It cannot be undone.</summary>
    Danger,
}
