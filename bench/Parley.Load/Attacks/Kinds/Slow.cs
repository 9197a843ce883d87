namespace Parley.Load.Attacks.Kinds;

/// <summary>Connections that send one byte of a frame at a time (slowloris).</summary>
internal sealed class Slow(int at) : Attack("slow", "150 connections send a frame byte by byte")
{
    private const int Connections = 150;
    private static readonly byte[] Frame = [0x00, 0x0F, 0xFF, 0xFF, (byte)'{', .. Enumerable.Repeat((byte)' ', 10_000)];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public override Task RunAsync(AttackRun run, CancellationToken stop) => AttackRun.HoldAsync(
        run.Size.Of(Connections),
        _ => run.ConnectAsync(Loopback.Attacker(at), stop),
        async (connection, _) =>
        {
            for (var i = 0; i < Frame.Length && connection.IsOpen; i++)
            {
                connection.Send(Frame.AsSpan(i, 1));
                await Task.Delay(Pause, stop);
            }
        },
        stop);
}
