using System.Buffers;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;
using Parley.Server.Commands;
using Parley.Server.Events;
using Parley.Server.Limits;

namespace Parley.Server.Connections;

/// <content>The connection's life: read until the peer, the server or a broken rule ends it.</content>
internal sealed partial class Connection
{
    private const int FirstBufferBytes = 4 * 1024;

    // How long a peer gets to take its last bytes.
    private static readonly TimeSpan LastBytes = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _ended = new();
    private Closing? _lastWord;
    private StrangerWatch? _stranger;
    private FrameBucket _frames;
    private ArrivalClock _arrivals;

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync(CommandPipeline pipeline)
    {
        Receiver.Outbox.Overflowed = () => _ended.CancelAfter(LastBytes);
        var refusal = _connections.TryEnter(Address);
        try
        {
            if (refusal is null)
                await ReadFramesAsync(pipeline, _ended.Token);
            else
                _lastWord = new Closing(CloseReason.Limit, refusal, ReconnectAdvice.Later);
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The peer went, or was sent away: either way this connection ends.
        }
        finally
        {
            await EndAsync();
            if (refusal is null)
                LeaveLimits();
        }
    }

    /// <summary>Counts a frame; false where this connection sends faster than it may.</summary>
    public bool TryTakeFrame() => _frames.TryTake();

    /// <summary>When the message that is looked at now arrived.</summary>
    public long MessageArrived() => _arrivals.Next(_parts.Limits.MessagesPerSecond);

    /// <summary>A stranger's <c>auth_*</c> or <c>hello</c> begins to be carried out.</summary>
    public void AttemptBegins() => _stranger?.Spoke();

    /// <summary>It was carried out.</summary>
    public void AttemptEnded()
    {
        if (Receiver.Identity is null)
            _stranger?.Waits();
        else
            EndStranger();
    }

    /// <summary>Ends the connection from outside, with a last word.</summary>
    public void Close(Closing lastWord)
    {
        _lastWord ??= lastWord;
        _ended.Cancel();
    }

    private async Task ReadFramesAsync(CommandPipeline pipeline, CancellationToken cancellationToken)
    {
        byte[]? buffer = null;
        var (start, end) = (0, 0);
        _stranger = new StrangerWatch(_parts.Limits, _parts.Time, () => Close(new Closing(CloseReason.Timeout, "Nobody logged in here in time.", ReconnectAdvice.Later)));
        try
        {
            while (true)
            {
                if (start == end)
                {
                    // Nothing half read: an idle connection holds no buffer.
                    Return(ref buffer);
                    start = end = 0;
                    var waiting = _transport.WaitToReceiveAsync(cancellationToken);
                    if (!waiting.IsCompleted)
                        _arrivals.CaughtUp();
                    await waiting;
                }

                buffer = MakeRoom(buffer, ref start, ref end);
                var received = await _transport.ReceiveAsync(buffer.AsMemory(end), cancellationToken);
                if (received == 0)
                    return;
                end += received;
                while (FrameReader.TryRead(buffer.AsMemory(start, end - start), out var payload, out var consumed) is var status && status != FrameStatus.Incomplete)
                {
                    cancellationToken.ThrowIfCancellationRequested(); // Logged out, sent away or stopping: what came behind is not carried out any more.
                    var wasStranger = Receiver.Identity is null;
                    var began = _parts.Time.GetTimestamp();
                    if (status == FrameStatus.TooLong || !await pipeline.RunAsync(this, payload, cancellationToken))
                    {
                        _lastWord = new Closing(CloseReason.ProtocolViolation, "What came is no frame of this protocol.", ReconnectAdvice.Never);
                        return;
                    }

                    start += consumed;
                    // Who logs in says nothing before the answer, and that may have left before the command has ended: what is there now came now.
                    if (!wasStranger)
                        _arrivals.StoodStill(_parts.Time.GetElapsedTime(began));
                }
            }
        }
        finally
        {
            Return(ref buffer);
        }
    }

    // The buffer grows with what came and never with what was announced: a promise of a megabyte costs nothing.
    private static byte[] MakeRoom(byte[]? buffer, ref int start, ref int end)
    {
        if (buffer is null)
            return ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        if (end < buffer.Length)
            return buffer;
        var larger = start > buffer.Length / 2 ? buffer : ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(start, end - start).CopyTo(larger);
        if (larger != buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        (start, end) = (0, end - start);
        return larger;
    }

    private static void Return(ref byte[]? buffer)
    {
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }

    private async Task EndAsync()
    {
        try
        {
            await WritesSettledAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is OperationCanceledException || Storage.Database.IsFault(e))
        {
            // The write queue has stopped: nothing of ours waits there.
        }

        Ended?.Invoke();
        try
        {
            await ApplyAsync(Depart, CancellationToken.None);
            using var deadline = new CancellationTokenSource(LastBytes);
            using var abort = deadline.Token.Register(Receiver.Outbox.Abort);
            await Receiver.Outbox.Finished;
        }
        catch (OperationCanceledException)
        {
            // The fan-out has stopped: nothing is sent any more.
        }

        await _transport.DisposeAsync();
    }

    private void Depart(FanOut fanOut)
    {
        fanOut.Remove(Receiver);
        if (_lastWord is { } word)
            SayLastWord(fanOut.PrivateBlock(Receiver), word);
        fanOut.FinishAfterRound(Receiver);
        fanOut.Attendance.Leave(fanOut, Receiver);
    }

    private void LeaveLimits()
    {
        EndStranger();
        _connections.Leave(Address);
    }

    private void EndStranger()
    {
        if (_stranger is null)
            return;
        _stranger.Dispose();
        _stranger = null;
        _connections.StrangerNoMore();
    }

    private void SayLastWord(FrameBlock block, Closing word)
    {
        if (Receiver.Level > 1)
            block.Append(word, ProtocolJson.Default.Closing);
        else if (word.Reason is CloseReason.Limit)
            block.Append(new ErrorMessage(ErrorCode.Busy, word.Message), ProtocolJson.Default.ErrorMessage);
        else if (word.Reason is CloseReason.Timeout)
            block.Append(new ErrorMessage(ErrorCode.NotAuthenticated, word.Message), ProtocolJson.Default.ErrorMessage);
        else if (word.Reason is not CloseReason.ProtocolViolation)
            block.Append(new SystemMessage(word.Message), ProtocolJson.Default.SystemMessage);
    }
}
