namespace Parley.Load.Rooms;

/// <summary>What the members of a room speak.</summary>
internal enum Dialect
{
    Level2,
    Level1,
    Irc,
}
