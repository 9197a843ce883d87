namespace Parley.Server.Commands;

/// <summary>What is counted by the second, for each user over all connections.</summary>
internal enum Rate
{
    None,

    /// <summary>What is said.</summary>
    Message,

    /// <summary>What changes something that was said.</summary>
    Change,
}
