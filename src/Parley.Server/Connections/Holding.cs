using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;
using Parley.Server.Events.Sending;

namespace Parley.Server.Connections;

/// <summary>
/// Answers with a snapshot, and joins the live stream without gap or repetition: hold new events, read the snapshot, wait until the fan-out was told everything
/// committed, send the snapshot, then send the held events that it does not include. (Without that wait an event could be in the snapshot and come again.) At
/// most as many connections as <see cref="FanOut.Holds"/> has slots do this at the same time.
/// </summary>
internal static class Holding
{
    // A peer that reads its answer slowly keeps its slot for this long: it bounds the snapshots in memory.
    private static readonly TimeSpan TimeToTakeAnswer = TimeSpan.FromMilliseconds(100);

    /// <summary>The closing of a connection whose answer failed: its hold would never end.</summary>
    public static Closing Unfinished { get; } = new(CloseReason.Limit, "The server could not finish what you asked for. Try again.", ReconnectAdvice.Later);

    /// <summary>
    /// Answers a request with a snapshot: it looks at what the fan-out knows, then reads what is stored, and writes the bytes itself.
    /// </summary>
    /// <param name="connection">Whose identity is known.</param>
    /// <param name="look">Looks at what the fan-out knows, on its thread.</param>
    /// <param name="write">Writes the answer, beside the fan-out.</param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    public static async ValueTask AnswerHeldAsync<T>(
        this Connection connection, Func<FanOut, T> look, Func<T, HeldAnswer> write, CancellationToken cancellationToken)
    {
        await connection.LastPageLeftAsync(cancellationToken);
        await connection.HoldAsync(
            fanOut =>
            {
                fanOut.LeaveFeed(connection.Receiver);
                fanOut.Hold(connection.Receiver);
                return look(fanOut);
            },
            write,
            cancellationToken);
    }

    /// <summary>As <see cref="AnswerHeldAsync"/>, but the caller begins the hold.</summary>
    /// <param name="connection">Whose identity is known.</param>
    /// <param name="begin">Begins to hold, on the fan-out, and looks at what is known there.</param>
    /// <param name="write">
    /// Looks at what is stored, and writes the answer; null where there is none: then the connection stays held, and is to be closed.
    /// </param>
    /// <param name="cancellationToken">Ends with the connection.</param>
    /// <returns>Whether there was an answer.</returns>
    public static async ValueTask<bool> HoldAsync<T>(
        this Connection connection, Func<FanOut, T> begin, Func<T, HeldAnswer?> write, CancellationToken cancellationToken)
    {
        var receiver = connection.Receiver;
        var slot = await connection.EnterHoldAsync(cancellationToken);
        try
        {
            receiver.IsHeld = true;
            T? seen = default;
            await connection.ApplyAsync(fanOut => seen = begin(fanOut), cancellationToken);
            if (write(seen!) is not { } answer) // It has begun, or ApplyAsync had failed.
                return false;
            await connection.CommitsToldAsync(cancellationToken);
            var taken = slot;
            slot = null;
            connection.SendPage(new AwaitedItem(fanOut => Answer(fanOut, receiver, answer, taken)), answer.Bytes.Length);
            receiver.IsHeld = false;
            return true;
        }
        finally
        {
            slot?.Dispose();
        }
    }

    private static void Answer(FanOut fanOut, Receiver receiver, HeldAnswer answer, IDisposable slot)
    {
        try
        {
            fanOut.SendWritten(receiver, answer.Bytes);
            receiver.Listening = answer.Listening ?? receiver.Listening;
            fanOut.Release(receiver, answer.IsIncluded, answer.Visibility);
            answer.Then?.Invoke(fanOut);
        }
        finally
        {
            ByteBlock.Return(answer.Bytes);
            GiveBack(slot, receiver.Outbox.WaitForSpaceAsync());
        }
    }

    private static void GiveBack(IDisposable slot, Task taken)
    {
        if (taken.IsCompleted)
            slot.Dispose();
        else
            _ = Task.WhenAny(taken, Task.Delay(TimeToTakeAnswer)).ContinueWith(_ => slot.Dispose(), TaskScheduler.Default);
    }
}
