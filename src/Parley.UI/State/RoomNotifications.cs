namespace Parley.UI.State;

/// <summary>What a person wants to be told of one room.</summary>
/// <param name="Level">What is worth a notification; null as everywhere else.</param>
/// <param name="MutedUntil">Quiet until then; null where it is not muted.</param>
public sealed record RoomNotifications(NotifyLevel? Level = null, DateTimeOffset? MutedUntil = null)
{
    /// <summary>As everywhere else, and not muted.</summary>
    public static RoomNotifications Usual { get; } = new();

    /// <summary>Muted until the person turns it back on.</summary>
    public static DateTimeOffset Forever => DateTimeOffset.MaxValue;

    /// <summary>Whether it is muted at this time.</summary>
    public bool IsMutedAt(DateTimeOffset now) => MutedUntil > now;
}
