using Parley.Load.Attacks.Bases;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Connections whose TLS handshake hangs.</summary>
internal sealed class HangingHandshakes(int at) : HoldingAttack("handshakes", "150 TLS handshakes hang (with --tls)", 150)
{
    // A TLS record that announces a ClientHello of 512 bytes (RFC 8446, 5.1), and never comes.
    private static readonly byte[] HalfHandshake = [0x16, 0x03, 0x01, 0x02, 0x00, 0x01];

    public override Task RunAsync(AttackRun run, CancellationToken stop) => run.Tls ? base.RunAsync(run, stop) : AttackRun.UntilAsync(stop);

    protected override Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop) =>
        run.ConnectAsync(Loopback.Attacker(at), stop, plain: true);

    protected override Task UseAsync(AttackRun run, Attacker connection, int index, CancellationToken stop)
    {
        run.Tally.AddSent();
        connection.Send(HalfHandshake);
        return Task.CompletedTask;
    }
}
