using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Asks who is there, again and again, where many are.</summary>
internal sealed class UserLists(int askers, int online, int at, Func<int, System.Net.IPAddress>? crowdFrom = null)
    : AskingAttack($"user-list-{askers}", $"{askers} connections ask for 'user_list' with {online:N0} people online", at)
{
    private List<Attacker> _crowd = [];

    public override DataPlan Data(AttackSize size) => new() { Crowd = size.Of(online) };

    public override async Task PrepareAsync(AttackRun run, CancellationToken cancel)
    {
        _crowd = await Crowd.EnterAsync(run.ForAnother(), run.Size.Of(online), TimeSpan.FromSeconds(60), cancel, crowdFrom);
        await base.PrepareAsync(run, cancel);
    }

    public override void Describe(Figures figures) => base.Describe(figures.Add("online", _crowd.Count(c => c.IsOpen)));

    protected override int Connections(AttackSize size) => askers;

    protected override long Who(int index) => Account.FirstAttacker + index;

    protected override void Ask(Attacker asker) => asker.Ask(new ListUsers("general"), ProtocolJson.Default.ListUsers);
}
