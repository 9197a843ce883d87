using Parley.Load.Attacks.Bases;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Connections that send one byte of a frame at a time (slowloris).</summary>
internal sealed class Slow(int at) : HoldingAttack("slow", "150 connections send a frame byte by byte", 150)
{
    private static readonly byte[] Frame = [0x00, 0x0F, 0xFF, 0xFF, (byte)'{', .. Enumerable.Repeat((byte)' ', 10_000)];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    protected override Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop) => run.ConnectAsync(Loopback.Attacker(at), stop);

    protected override async Task UseAsync(AttackRun run, Attacker connection, int index, CancellationToken stop)
    {
        for (var i = 0; i < Frame.Length && connection.IsOpen; i++)
        {
            connection.Send(Frame.AsSpan(i, 1));
            await Task.Delay(Pause, stop);
        }
    }
}
