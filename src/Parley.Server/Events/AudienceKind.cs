namespace Parley.Server.Events;

internal enum AudienceKind
{
    Everyone,

    /// <summary>Whoever sees a channel and listens to it.</summary>
    Channel,

    /// <summary>Whoever sees a channel, whatever they listen to.</summary>
    Viewers,
    Users,
}
