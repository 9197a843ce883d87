using System.Text.Json;
using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Tries wrong passwords for two names, so that their owners are held up: one logs in by password meanwhile, the other changes it.</summary>
internal sealed class WrongNamePasswords(int at)
    : RepeatingAttack("name", "10 wrong passwords a minute for each of two names, whose owners log in and change their password", TimeSpan.FromSeconds(3))
{
    private const int AtFirst = 10;
    private static readonly long[] Names = [Account.Known, Account.Owner];
    private string? _changeRefusal;
    private bool _changed;

    // The owner is no stranger where the password is changed from.
    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel)
    {
        var owner = await run.OpenAsync(Loopback.LogIn(0), cancel);
        await owner.AskAsync(new Hello(null, StoredData.ClientName), ProtocolJson.Default.Hello, cancel);
        await owner.AskAsync(new LogIn(Account.Name(Account.Owner), Account.Password), ProtocolJson.Default.LogIn, cancel);
        owner.End();
    }

    public override async Task AfterAsync(AttackRun run, CancellationToken cancel)
    {
        var owner = await run.OpenAsync(Loopback.LogIn(0), cancel);
        await owner.ComeBackUnreadAsync(Account.Token(Account.Owner), cancel);
        var answer = await owner.AskAsync(new ChangePassword(Account.Password, "another-password"), ProtocolJson.Default.ChangePassword, cancel);
        _changeRefusal = ParleyConnection.Refusal(answer)?.Message ?? JsonSerializer.Deserialize(answer, ProtocolJson.Default.AuthResult)?.Error;
        _changed = _changeRefusal is null;
    }

    public override void Describe(Figures figures) => figures.Add("password_changed", _changed).Add("password_change_refusal", _changeRefusal);

    protected override async Task RepeatAsync(AttackRun run, int round, CancellationToken stop)
    {
        for (var i = 0; i < (round == 0 ? AtFirst : 1); i++)
            await TryAsync(run, stop);
    }

    private async Task TryAsync(AttackRun run, CancellationToken stop)
    {
        foreach (var name in Names)
        {
            if (await run.ConnectAsync(Loopback.Attacker(name == Account.Known ? at : at + 1), stop) is not { } connection)
                continue;
            connection.Ask(new LogIn(Account.Name(name), "wrong password"), ProtocolJson.Default.LogIn);
            _ = EndAsync(connection, stop); // ends with the attack
        }
    }

    private static async Task EndAsync(Attacker connection, CancellationToken stop)
    {
        await ((Task)connection.Entered).WaitAsync(stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        connection.End();
    }
}
