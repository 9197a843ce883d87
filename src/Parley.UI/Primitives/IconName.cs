namespace Parley.UI.Primitives;

/// <summary>The drawings of <see cref="Icon"/>.</summary>
public enum IconName
{
    /// <summary>A channel.</summary>
    Hash,

    /// <summary>A direct conversation.</summary>
    At,

    /// <summary>Make something new.</summary>
    Plus,

    /// <summary>Send.</summary>
    Send,

    /// <summary>Close.</summary>
    Cross,

    /// <summary>Open or closed; turned by the one who shows it.</summary>
    Chevron,

    /// <summary>Down to the latest.</summary>
    ArrowDown,

    /// <summary>Log out.</summary>
    Leave,

    /// <summary>Something needs a look.</summary>
    Warning,

    /// <summary>A certificate, a secret.</summary>
    Shield,

    /// <summary>People.</summary>
    People,

    /// <summary>Once more.</summary>
    Retry,

    /// <summary>Throw away.</summary>
    Bin,

    /// <summary>Look for something.</summary>
    Search,

    /// <summary>Settings.</summary>
    Gear,

    /// <summary>No connection.</summary>
    Unplugged,

    /// <summary>More about something.</summary>
    Details,

    /// <summary>What one is told of.</summary>
    Bell,

    /// <summary>Told of nothing, or of little.</summary>
    BellOff,

    /// <summary>Chosen.</summary>
    Check,

    /// <summary>A day.</summary>
    Calendar,

    /// <summary>Emoji.</summary>
    Smile,

    /// <summary>Answer.</summary>
    Reply,

    /// <summary>Edit.</summary>
    Pencil,

    /// <summary>More commands.</summary>
    More,
}
