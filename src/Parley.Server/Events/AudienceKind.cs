namespace Parley.Server.Events;

internal enum AudienceKind
{
    /// <summary>Every member.</summary>
    Everyone,

    /// <summary>Whoever sees a channel and listens to it.</summary>
    Channel,

    /// <summary>Whoever sees a channel, whatever they listen to.</summary>
    Viewers,

    /// <summary>One or two users.</summary>
    Users,
}
