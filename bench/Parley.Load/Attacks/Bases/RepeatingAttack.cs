namespace Parley.Load.Attacks.Bases;

/// <summary>Does something again and again, with a pause between.</summary>
internal abstract class RepeatingAttack(string name, string about, TimeSpan pause) : Attack(name, about)
{
    /// <summary>How often; then it only waits for its end.</summary>
    protected virtual int MostRounds => int.MaxValue;

    public override async Task RunAsync(AttackRun run, CancellationToken stop)
    {
        try
        {
            for (var round = 0; round < MostRounds; round++)
            {
                await RepeatAsync(run, round, stop);
                await Task.Delay(pause, stop);
            }

            await AttackRun.UntilAsync(stop);
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }

    protected abstract Task RepeatAsync(AttackRun run, int round, CancellationToken stop);
}
