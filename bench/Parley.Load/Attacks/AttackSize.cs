namespace Parley.Load.Attacks;

/// <summary>What part of its full size an attack has: tests take a small one.</summary>
internal readonly record struct AttackSize(double Factor)
{
    public static AttackSize Full { get; } = new(1);

    public int Of(int full, int least = 1) => Math.Max(least, (int)Math.Round(full * Factor));
}
