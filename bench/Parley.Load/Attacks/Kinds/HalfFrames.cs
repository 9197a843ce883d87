using System.Buffers.Binary;
using Parley.Load.Attacks.Bases;
using Parley.Load.Attacks.Data;
using Parley.Load.Running;
using Parley.Protocol.Framing;

namespace Parley.Load.Attacks.Kinds;

/// <summary>Announces the largest frame there may be, sends a part of it and leaves the rest out.</summary>
/// <param name="name">Of the attack.</param>
/// <param name="about">What it does.</param>
/// <param name="connections">How many, 200 from each address.</param>
/// <param name="bytes">How much of its frame each sends.</param>
/// <param name="loggedIn">Whether they log in first.</param>
/// <param name="seconds">How long it lasts.</param>
/// <param name="at">The first address.</param>
internal sealed class HalfFrames(string name, string about, int connections, int bytes, bool loggedIn, double seconds, int at)
    : HoldingAttack(name, about, connections)
{
    private const int PieceBytes = 64 * 1024;
    private static readonly byte[] Piece = MakePiece();
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private int _open;

    public override double Seconds => seconds;

    /// <summary>A whole frame but for its last byte, before the login.</summary>
    public static HalfFrames Early(int at) => new(
        "early-frames", "400 connections of 2 addresses send frames of 1 MiB before they log in", 400,
        FrameLimits.MaxPayloadBytes - 1, loggedIn: false, 12, at);

    /// <summary>Half a frame, after the login.</summary>
    public static HalfFrames Late(int at) => new(
        "half-frames", "200 connections log in and leave half a frame of 1 MiB", 200, FrameLimits.MaxPayloadBytes / 2, loggedIn: true, 45, at);

    public override void Describe(Figures figures) => figures.Add("open_at_the_end", _open);

    protected override Task<Attacker?> OpenAsync(AttackRun run, int index, CancellationToken stop) => loggedIn
        ? run.EnterAsync(Account.FirstAttacker + (index % Account.Attackers), From(index), stop)
        : run.ConnectAsync(From(index), stop);

    protected override async Task UseAsync(AttackRun run, Attacker connection, int index, CancellationToken stop)
    {
        run.Tally.AddSent();
        Interlocked.Increment(ref _open);
        for (var sent = 0; sent < bytes && connection.IsOpen;)
        {
            var piece = Math.Min(PieceBytes, bytes - sent);
            connection.Send(Piece.AsSpan(sent == 0 ? 0 : FrameLimits.HeaderBytes, piece));
            sent += piece;
            while (connection.BytesWaiting > 0 && connection.IsOpen)
                await Task.Delay(Look, stop);
        }

        await connection.Gone.WaitAsync(stop);
        Interlocked.Decrement(ref _open);
    }

    private System.Net.IPAddress From(int index) => Loopback.Attacker(at + (index / Loopback.MostConnections));

    private static byte[] MakePiece()
    {
        var piece = new byte[PieceBytes + FrameLimits.HeaderBytes];
        piece.AsSpan().Fill((byte)' ');
        BinaryPrimitives.WriteUInt32BigEndian(piece, FrameLimits.MaxPayloadBytes);
        piece[FrameLimits.HeaderBytes] = (byte)'{';
        return piece;
    }
}
