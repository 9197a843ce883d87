using Parley.Load.Attacks.Data;
using Parley.Load.Running;

namespace Parley.Load.Attacks.Kinds;

/// <summary>All attacks at once, from twenty addresses.</summary>
internal sealed class Everything() : Attack("all", "all of them at once, from 20 addresses, with 400 people online beside them")
{
    private const int Online = 400;

    // The numbers are those of the addresses: none of them has more connections than one address may, so that none takes another's.
    private readonly Attack[] _attacks =
    [
        new ReadOwnMessages(0),
        new UserLists(10, Online, 0, i => Loopback.Attacker(18 + i)),
        new ManyConversations(12_000, 12_000, 0),
        new ChannelLists(0),
        new ChannelFlood(0),
        new FrameFlood(0),
        HalfFrames.Early(1),
        HalfFrames.Late(3),
        new UnreadPages(4),
        new WaitingWrites(5),
        new Silent(6),
        new Slow(7),
        new Registrations(8),
        new HangingHandshakes(9),
        new WrongNamePasswords(10),
        new WrongPasswords(6),
    ];

    private readonly Dictionary<Attack, AttackRun> _runs = [];

    public override double Seconds => 60;

    public override DataPlan Data(AttackSize size) =>
        _attacks.Select(a => a.Data(size)).Aggregate((one, other) => one.With(other)) with { Channels = size.Of(100) };

    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel)
    {
        foreach (var attack in _attacks)
        {
            _runs[attack] = run.ForAnother();
            await attack.PrepareAsync(_runs[attack], cancel);
        }
    }

    public override Task RunAsync(AttackRun run, CancellationToken stop) => Task.WhenAll(_attacks.Select(a => a.RunAsync(_runs[a], stop)));

    public override async Task AfterAsync(AttackRun run, CancellationToken cancel)
    {
        foreach (var attack in _attacks)
            await attack.AfterAsync(_runs[attack], cancel);
    }

    public override void Describe(Figures figures)
    {
        foreach (var attack in _attacks)
        {
            var own = new Figures();
            _runs[attack].Tally.AddTo(own);
            attack.Describe(own);
            figures.AddAll(attack.Name.Replace('-', '_'), own);
        }
    }
}
