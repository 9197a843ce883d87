using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks;

/// <summary>One way to harm those who use a server; a step of <c>flood</c>.</summary>
/// <param name="name">What it is called on the command line and in the figures.</param>
/// <param name="about">What it does, in a line.</param>
internal abstract class Attack(string name, string about)
{
    public string Name => name;

    public string About => about;

    /// <summary>How long it lasts where nothing else is asked for.</summary>
    public virtual double Seconds => 12;

    /// <summary>What the server's file holds beforehand.</summary>
    public virtual DataPlan Data(AttackSize size) => new();

    /// <summary>What is there before it begins (people who are online, say): what that takes is not the attack's.</summary>
    public virtual Task PrepareAsync(AttackRun run, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Does it until it is stopped, and returns then.</summary>
    public abstract Task RunAsync(AttackRun run, CancellationToken stop);

    /// <summary>Looks, when the others have been counted, at what is left of it.</summary>
    public virtual Task AfterAsync(AttackRun run, CancellationToken cancel) => Task.CompletedTask;

    /// <summary>Adds what only this attack has to tell.</summary>
    public virtual void Describe(Figures figures)
    {
    }
}
