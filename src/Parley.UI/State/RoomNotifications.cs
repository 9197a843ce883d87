namespace Parley.UI.State;

/// <summary>The notification settings of one room.</summary>
/// <param name="Level">What causes a notification; null for the general setting.</param>
/// <param name="MutedUntil">When the mute ends; null where the room is not muted.</param>
public sealed record RoomNotifications(NotifyLevel? Level = null, DateTimeOffset? MutedUntil = null)
{
    /// <summary>The general setting, and not muted.</summary>
    public static RoomNotifications Usual { get; } = new();

    /// <summary>Muted until the person turns it back on.</summary>
    public static DateTimeOffset Forever => DateTimeOffset.MaxValue;

    /// <summary>Whether it is muted at this time.</summary>
    public bool IsMutedAt(DateTimeOffset now) => MutedUntil > now;
}
