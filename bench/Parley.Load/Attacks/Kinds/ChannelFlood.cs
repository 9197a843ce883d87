using System.Diagnostics;
using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Makes all the channels that there may be, so that nobody else can make one.</summary>
internal sealed class ChannelFlood(int at) : AskingAttack("channel-create", "one account makes channels until there may be no more", at)
{
    private double _seconds;
    private string? _othersRefusal;

    protected override long MostEach => 500;

    public override async Task RunAsync(AttackRun run, CancellationToken stop)
    {
        var begun = Stopwatch.GetTimestamp();
        await base.RunAsync(run, stop);
        _seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        await AttackRun.UntilAsync(stop);
    }

    public override async Task AfterAsync(AttackRun run, CancellationToken cancel)
    {
        var another = await run.OpenAsync(Loopback.LogIn(0), cancel);
        await another.ComeBackUnreadAsync(Account.Token(Account.Returning), cancel);
        _othersRefusal = ParleyConnection.Refusal(await another.AskAsync(new CreateChannel("wanted", ""), ProtocolJson.Default.CreateChannel, cancel))?.Message;
    }

    public override void Describe(Figures figures) => figures
        .Add("answered_in_s", _seconds).Add("another_may_create", _othersRefusal is null).Add("another_refusal", _othersRefusal);

    protected override int Connections(AttackSize size) => 1;

    protected override long Who(int index) => Account.FirstAttacker + 2;

    protected override void Ask(Attacker asker) =>
        asker.Ask(new CreateChannel($"flood-{asker.Asked}", "A channel that nobody wants"), ProtocolJson.Default.CreateChannel);
}
