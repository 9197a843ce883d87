using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Addresses that try wrong passwords, as many as each may, and again when they may.</summary>
internal sealed class WrongPasswords(int at)
    : RepeatingAttack("wrong-passwords", "12 addresses try 20 wrong passwords each, again each minute", TimeSpan.FromMinutes(1))
{
    private const int Addresses = 12;
    private const int Each = 20;

    public override double Seconds => 30;

    public override DataPlan Data(AttackSize size) => new() { Crowd = Addresses * Each };

    protected override Task RepeatAsync(AttackRun run, int round, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, run.Size.Of(Addresses)).Select(async address =>
    {
        // Each name is tried once: what is limited is the address.
        for (var i = 0; i < Each; i++)
            await TryAsync(run, Account.FirstOfCrowd + (address * Each) + i, address, stop);
    }));

    // Not awaited to its end: all of them are on their way at once.
    private async Task TryAsync(AttackRun run, long account, int address, CancellationToken stop)
    {
        if (await run.ConnectAsync(Loopback.Attacker(at + address), stop) is { } connection)
            connection.Ask(new LogIn(Account.Name(account), "wrong password"), ProtocolJson.Default.LogIn);
    }
}
