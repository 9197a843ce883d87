using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Load.Wire;

/// <summary>
/// A lean client of the protocol, at either level: requests that await their answers for setting a run up, and a hot path for what arrives in numbers,
/// which is looked at and never turned into objects.
/// </summary>
internal class ParleyConnection(Socket socket) : FrameConnection(socket)
{
    private readonly ConcurrentDictionary<long, TaskCompletionSource<byte[]>> _asked = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<byte[]>> _expected = new();
    private long _lastRef = FirstSetUpRef;

    /// <summary>
    /// The marks of requests that are awaited start here; below it a run may number its own, and gets their answers by <see cref="OnAnswer"/>.
    /// </summary>
    public const long FirstSetUpRef = 1_000_000_000;

    /// <summary>Asks and awaits the answer (level 2). An <c>error</c> is an answer, too: see <see cref="Refusal"/>.</summary>
    public async Task<byte[]> AskAsync<T>(T command, JsonTypeInfo<T> contract, CancellationToken cancel)
        where T : Command
    {
        var mark = Interlocked.Increment(ref _lastRef);
        var answer = NewWait();
        _asked[mark] = answer;
        Send(FrameWriter.ToFrame(command with { Ref = RequestRef.FromNumber(mark) }, contract));
        FailIfEnded(answer);
        return await answer.Task.WaitAsync(cancel);
    }

    /// <summary>The next frame of a type that nobody asked for, or that level 1 answers with. Call it before the request is sent.</summary>
    public Task<byte[]> ExpectAsync(string type, CancellationToken cancel)
    {
        var wait = _expected.GetOrAdd(type, _ => NewWait());
        FailIfEnded(wait);
        return wait.Task.WaitAsync(cancel);
    }

    /// <summary>Why an answer is a refusal; null where it is none.</summary>
    public static ErrorMessage? Refusal(byte[] answer) =>
        FrameHead.Read(answer).Type == "error" ? JsonSerializer.Deserialize(answer, ProtocolJson.Default.ErrorMessage) : null;

    protected sealed override void OnFrame(ReadOnlySpan<byte> payload)
    {
        if (payload.StartsWith("{\"type\":\"event\","u8) || payload.StartsWith("{\"type\":\"message\","u8))
        {
            OnDelivery(payload);
            return;
        }

        if (payload.StartsWith("{\"type\":\"ack\","u8) || payload.StartsWith("{\"type\":\"error\","u8) || payload.StartsWith("{\"type\":\"history\","u8))
        {
            var mark = Scan.Number(payload, "\"ref\":"u8);
            if (mark is >= 0 and < FirstSetUpRef)
            {
                OnAnswer(mark, payload);
                return;
            }
        }

        // The first screen of a large server is as long as a hundred messages, and where thousands come back a second all of it would be read again for each.
        if (payload.StartsWith("{\"type\":\"ready\","u8) && Scan.Number(payload, "\"ref\":"u8) is >= FirstSetUpRef and var asked
            && _asked.TryRemove(asked, out var answer))
        {
            answer.TrySetResult(payload.ToArray());
            return;
        }

        OnOther(payload);
    }

    /// <summary>A message for this connection: <c>event</c> at level 2, <c>message</c> at level 1.</summary>
    protected virtual void OnDelivery(ReadOnlySpan<byte> payload)
    {
    }

    /// <summary>The answer to a request that the run numbered itself.</summary>
    protected virtual void OnAnswer(long mark, ReadOnlySpan<byte> payload)
    {
    }

    protected override void Ended(string reason)
    {
        foreach (var wait in _asked.Values.Concat(_expected.Values))
            wait.TrySetException(new IOException(reason));
    }

    private static TaskCompletionSource<byte[]> NewWait() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void OnOther(ReadOnlySpan<byte> payload)
    {
        var head = FrameHead.Read(payload);
        if (head.Kind != PayloadKind.Message || head.Type is null)
            throw new InvalidDataException("The server sent a frame that is no message.");
        if (head.Type == "closing")
            SetEndReason($"The server closed the connection: {JsonSerializer.Deserialize(payload, ProtocolJson.Default.Closing)?.Reason}.");
        if (head.Ref?.Number is { } mark && _asked.TryRemove(mark, out var asked))
            asked.TrySetResult(payload.ToArray());
        else if (_expected.TryRemove(head.Type, out var expected))
            expected.TrySetResult(payload.ToArray());
        else if (head.Type == "error" && !_expected.IsEmpty)
            FailExpected(payload);
    }

    private void FailExpected(ReadOnlySpan<byte> payload)
    {
        var error = JsonSerializer.Deserialize(payload, ProtocolJson.Default.ErrorMessage);
        foreach (var type in _expected.Keys)
        {
            if (_expected.TryRemove(type, out var wait))
                wait.TrySetException(new IOException($"Refused: {error?.Code} {error?.Message}"));
        }
    }

    private void FailIfEnded(TaskCompletionSource<byte[]> wait)
    {
        if (EndReason is { } reason)
            wait.TrySetException(new IOException(reason));
    }
}
