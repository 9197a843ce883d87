using Parley.Protocol.Wire;
using Parley.Server.Connections;

namespace Parley.Server.Commands;

/// <summary>Who may ask.</summary>
internal enum Access
{
    /// <summary>Only somebody who has not logged in.</summary>
    Unauthenticated,

    /// <summary>Whoever has logged in.</summary>
    Member,
}

/// <summary>What is counted by the second, for each user over all connections.</summary>
internal enum Rate
{
    None,

    /// <summary>What is said.</summary>
    Message,

    /// <summary>What changes something that was said.</summary>
    Change,
}

/// <summary>What a command costs who asks.</summary>
/// <param name="Points">Of the budgets of the user and of the address.</param>
/// <param name="Rate">Which rate of the user it counts against, too.</param>
internal readonly record struct Cost(int Points, Rate Rate = Rate.None)
{
    /// <summary>Of what is no command, or none that may be asked for now: it is read, and answered.</summary>
    public static Cost OfRefusal { get; } = new(1);
}

/// <summary>The way of one command, from its record to its handler.</summary>
internal abstract class Route(Access access)
{
    public Access Access { get; } = access;

    /// <summary>Set when the route is added to the table.</summary>
    public Cost Cost { get; set; }

    /// <summary>The command's record.</summary>
    public abstract Type CommandType { get; }

    /// <param name="command">One of <see cref="CommandType"/>.</param>
    /// <param name="connection">Whose it is.</param>
    /// <param name="reference">The request id, which the answer repeats; null for none.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    public abstract ValueTask RunAsync(Command command, Connection connection, RequestRef? reference, CancellationToken cancellationToken);
}
