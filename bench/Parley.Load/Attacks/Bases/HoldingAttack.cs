namespace Parley.Load.Attacks.Bases;

/// <summary>So many connections are kept: one that has ended, or was never let in, is opened again after a breath.</summary>
/// <param name="name">Of the attack.</param>
/// <param name="about">What it does.</param>
/// <param name="connections">How many at full size.</param>
/// <param name="least">And at the smallest.</param>
internal abstract class HoldingAttack(string name, string about, int connections, int least = 1) : Attack(name, about)
{
    /// <summary>Before a connection is opened again.</summary>
    protected virtual TimeSpan Breath => TimeSpan.FromMilliseconds(200);

    public override Task RunAsync(AttackRun run, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Count(run.Size)).Select(i => HoldAsync(run, i, stop)));

    /// <summary>How many they are.</summary>
    protected int Count(AttackSize size) => size.Of(connections, least);

    /// <summary>Opens a connection; null where the server does not take it.</summary>
    protected abstract Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop);

    /// <summary>Does with it what there is to do; it is kept until it ends.</summary>
    protected virtual Task UseAsync(AttackRun run, Attacker connection, int index, CancellationToken stop) => Task.CompletedTask;

    private async Task HoldAsync(AttackRun run, int index, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (await OpenAsync(run, index, stop) is { } connection)
                {
                    await UseAsync(run, connection, index, stop);
                    await connection.Gone.WaitAsync(stop);
                }

                await Task.Delay(Breath, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
