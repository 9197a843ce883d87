using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Attacks.Data;
using Parley.Load.Rooms;
using Parley.Load.Running;
using Parley.Load.Wire;

namespace Parley.Load.Attacks.Others;

/// <summary>What a talk showed.</summary>
internal sealed record TalkResult(StepResult Step, LongHistogram SayToAck, long Unacknowledged)
{
    public void AddTo(Figures figures) => figures
        .AddLatency("say_to_ack", SayToAck).AddLatency("say_to_seen", Step.SayToSeen)
        .AddFault("lost", Step.Lost).AddFault("doubled", Step.Doubled).AddFault("refused", Step.Refused).AddFault("unacknowledged", Unacknowledged);
}

/// <summary>People who have nothing to do with the attack, and go on talking: what it does to them is what counts.</summary>
internal sealed class Talk(Run run)
{
    private const double PerSecond = 20; // of all senders together: each keeps well below the limit of five
    private const int Senders = 20;
    private const int OfOneAddress = 10;
    private const int Length = 80;
    private static readonly TimeSpan MostWaiting = TimeSpan.FromSeconds(40);
    private readonly List<Talker> _talkers = [];
    private readonly Room _room = new(run, Dialect.Level2);
    private RoomRun? _steps;

    public int Members => _talkers.Count;

    public async Task FillAsync(int members, CancellationToken cancel)
    {
        var name = Guid.NewGuid().ToString("N")[..8];
        for (var i = 0; i < members; i++)
        {
            var talker = await run.ConnectAsync(socket => new Talker(socket, name), cancel, Loopback.Talker(i / OfOneAddress));
            await talker.ComeBackUnreadAsync(Account.Token(Account.FirstTalker + i), cancel);
            talker.SpeakIn(StoredData.General);
            _talkers.Add(talker);
            _room.Members.Add(talker);
        }

        _steps = new RoomRun(run, _room, Math.Min(Senders, members), Length) { MostWaiting = MostWaiting };
    }

    /// <summary>Talks for so long and waits for what is on its way. What has not come by then counts with the time that it was waited for.</summary>
    public async Task<TalkResult> TalkAsync(double seconds, CancellationToken cancel)
    {
        foreach (var talker in _talkers)
            talker.SayToAck.Reset();
        var steps = _steps ?? throw new InvalidOperationException("Nobody is there yet.");
        var step = await steps.StepAsync(PerSecond, seconds, cancel);
        if (step.Lost > 0)
            step.SayToSeen.RecordTicks((long)(step.Seconds * Stopwatch.Frequency), step.Lost);
        var acknowledged = Latency.Sum(_talkers.Select(t => t.SayToAck));
        var now = Stopwatch.GetTimestamp();
        var missing = _talkers.SelectMany(t => t.Unacknowledged).ToList();
        foreach (var due in missing)
            acknowledged.RecordTicks(now - due);
        return new TalkResult(step, acknowledged, missing.Count);
    }
}
