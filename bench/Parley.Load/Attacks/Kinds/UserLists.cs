using Parley.Load.Attacks.Data;
using Parley.Load.Running;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Asks who is there, again and again, where many are.</summary>
internal sealed class UserLists(int askers, int online, int at, Func<int, System.Net.IPAddress>? crowdFrom = null)
    : Attack($"user-list-{askers}", $"{askers} connections ask for 'user_list' with {online:N0} people online")
{
    private const int Window = 900;
    private List<Attacker> _crowd = [];
    private List<Attacker> _askers = [];

    public override DataPlan Data(AttackSize size) => new() { Crowd = size.Of(online) };

    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel)
    {
        _crowd = await Crowd.EnterAsync(run.ForAnother(), run.Size.Of(online), TimeSpan.FromSeconds(60), cancel, crowdFrom);
        _askers = await run.EnterAsync(askers, i => (Account.FirstAttacker + i, Loopback.Attacker(at)), TimeSpan.FromSeconds(20), cancel);
    }

    public override Task RunAsync(AttackRun run, CancellationToken stop) =>
        AttackRun.AskAsync(_askers, Window, a => a.Ask(new ListUsers("general"), ProtocolJson.Default.ListUsers), stop);

    public override void Describe(Figures figures) => figures.Add("online", _crowd.Count(c => c.IsOpen)).Add("askers", _askers.Count);
}
