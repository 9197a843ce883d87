using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Events.People;

/// <summary>
/// Tells whose status changed, at most once a second, and with a bound on people times receivers: when thousands come at once, each would be told of each. Who
/// changed first is told first, with the status of that moment. It belongs to the fan-out's thread.
/// </summary>
internal sealed class Presence(TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    // People times those who are told of them, in a second: with 2,000 receivers a thousand people, with 20,000 a hundred.
    private const int MostTold = 2_000_000;
    private const int MostPeople = 1_000;
    private const int LeastPeople = 100;

    private readonly Dictionary<UserId, MemberState> _changed = [];
    private readonly Queue<UserId> _order = new();

    // By the monotonic clock: one that is set back must not silence anybody.
    private long? _last;

    /// <summary>How long the fan-out may sleep.</summary>
    public TimeSpan UntilNextRound => _changed.Count == 0 ? Timeout.InfiniteTimeSpan : Left < TimeSpan.Zero ? TimeSpan.Zero : Left;

    private TimeSpan Left => _last is { } last ? Pace - time.GetElapsedTime(last) : TimeSpan.Zero;

    public void Changed(MemberState member)
    {
        if (!_changed.ContainsKey(member.Id))
            _order.Enqueue(member.Id);
        _changed[member.Id] = member;
    }

    /// <summary>Tells what is due. Called once a round.</summary>
    public void Tell(FanOut fanOut)
    {
        if (_changed.Count == 0 || Left > TimeSpan.Zero)
            return;
        _last = time.GetTimestamp();
        List<MemberState> members = [];
        var most = Math.Clamp(MostTold / Math.Max(1, fanOut.ListenersToAll), LeastPeople, MostPeople);
        while (members.Count < most && _order.TryDequeue(out var id))
        {
            if (_changed.Remove(id, out var member))
                members.Add(member);
        }

        fanOut.Tell(new MembersChanged([.. members.OrderBy(m => m.Username, StringComparer.Ordinal)]));
    }
}
