using System.Buffers.Binary;
using System.Net.Sockets;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Attacks;

/// <summary>
/// One connection of somebody who means harm. It has to cost next to nothing, for it shares the machine with what it attacks: of a frame only the first
/// bytes are looked at, and nothing is kept.
/// </summary>
internal sealed class Attacker(Socket socket, AttackTally tally) : Connection(socket)
{
    private const int HeadBytes = 64;
    private readonly TaskCompletionSource<bool> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _answered;
    private int _skip;

    /// <summary>True after <c>ready</c>, false after a refusal or the end.</summary>
    public Task<bool> Entered => _entered.Task;

    public Task Gone => _gone.Task;

    /// <summary>Answers and refusals of what this connection asked.</summary>
    public long Answered => Volatile.Read(ref _answered);

    public long Asked { get; private set; }

    public bool IsOpen => !_gone.Task.IsCompleted;

    public void ComeBack(long account) => Ask(new Hello(Data.Account.Token(account), Data.StoredData.ClientName), ProtocolJson.Default.Hello);

    public void Ask<T>(T command, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> contract)
        where T : Command
    {
        Asked++;
        tally.AddSent();
        Send(FrameWriter.ToFrame(command with { Ref = RequestRef.FromNumber(Asked) }, contract));
    }

    protected override int Consume(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (_skip > 0)
            {
                var skipped = Math.Min(_skip, bytes.Length - at);
                _skip -= skipped;
                at += skipped;
                continue;
            }

            var left = bytes[at..];
            if (left.Length < FrameLimits.HeaderBytes)
                break;
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(left);
            var head = Math.Min(length, HeadBytes);
            if (left.Length < FrameLimits.HeaderBytes + head)
                break;
            Look(left.Slice(FrameLimits.HeaderBytes, head));
            at += FrameLimits.HeaderBytes + head;
            _skip = length - head;
        }

        return at;
    }

    protected override void Ended(string reason)
    {
        tally.AddClosed();
        _entered.TrySetResult(false);
        _gone.TrySetResult();
    }

    private void Look(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("{\"type\":\"event\""u8))
            return;
        var isAnswer = head.IndexOf("\"ref\":"u8) >= 0;
        if (isAnswer)
            Volatile.Write(ref _answered, _answered + 1);
        if (head.StartsWith("{\"type\":\"ready\""u8))
            _entered.TrySetResult(true);
        else if (head.StartsWith("{\"type\":\"closing\""u8))
            tally.AddClosing();
        else if (head.StartsWith("{\"type\":\"error\""u8) || (head.StartsWith("{\"type\":\"auth_result\""u8) && head.IndexOf("\"success\":false"u8) >= 0))
            Refused();
        else if (isAnswer)
            tally.AddAnswer();
    }

    private void Refused()
    {
        tally.AddRefusal();
        _entered.TrySetResult(false);
    }
}
