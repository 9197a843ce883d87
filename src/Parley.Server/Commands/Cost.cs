namespace Parley.Server.Commands;

/// <summary>What a command costs the one who asks.</summary>
/// <param name="Points">Of the budgets of the user and of the address.</param>
/// <param name="Rate">Which rate of the user it counts against, too.</param>
internal readonly record struct Cost(int Points, Rate Rate = Rate.None)
{
    /// <summary>The cost of a request that is refused before it is a command: it was read, and is answered.</summary>
    public static Cost OfRefusal { get; } = new(1);
}
