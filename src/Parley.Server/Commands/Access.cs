namespace Parley.Server.Commands;

/// <summary>Who may ask.</summary>
internal enum Access
{
    /// <summary>Only somebody who has not logged in.</summary>
    Unauthenticated,

    /// <summary>Whoever has logged in.</summary>
    Member,
}
