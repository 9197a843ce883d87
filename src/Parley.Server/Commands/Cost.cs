namespace Parley.Server.Commands;

/// <summary>What a command costs who asks.</summary>
/// <param name="Points">Of the budgets of the user and of the address.</param>
/// <param name="Rate">Which rate of the user it counts against, too.</param>
internal readonly record struct Cost(int Points, Rate Rate = Rate.None)
{
    /// <summary>Of what is no command, or none that may be asked for now: it is read, and answered.</summary>
    public static Cost OfRefusal { get; } = new(1);
}
