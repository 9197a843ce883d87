using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks.Kinds;

/// <summary>One client that is logged in sends as many frames as it gets rid of.</summary>
internal sealed class FrameFlood(int at) : HoldingAttack("frames", "one client sends 100,000 frames a second", 1)
{
    private const int PerSecond = 100_000;
    private const int PiecesASecond = 20;
    private static readonly byte[] PingFrame = FrameWriter.ToFrame(new Ping(), ProtocolJson.Default.Ping);

    protected override Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop) =>
        run.EnterAsync(Account.FirstAttacker + 4, Loopback.Attacker(at), stop);

    protected override async Task UseAsync(AttackRun run, Attacker connection, int index, CancellationToken stop)
    {
        var frames = run.Size.Of(PerSecond / PiecesASecond);
        var piece = Enumerable.Repeat(PingFrame, frames).SelectMany(f => f).ToArray();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1_000.0 / PiecesASecond));
        while (connection.IsOpen && await timer.WaitForNextTickAsync(stop))
        {
            if (connection.BytesWaiting > 0)
                continue;
            connection.Send(piece);
            run.Tally.AddSent(frames);
        }
    }
}
