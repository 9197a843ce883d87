using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Protocol.Features;
using Parley.Protocol.Framing;
using Parley.Protocol.Wire;

namespace Parley.Client.Connection;

/// <summary>How a connection ended.</summary>
/// <param name="Closing">The server's last word, where it had one.</param>
/// <param name="Cause">What broke; null where the end was orderly.</param>
internal sealed record ConnectionEnd(Closing? Closing, Exception? Cause);

/// <summary>
/// One connection, from its stream to its end: one loop that reads, one that writes. Every message is handed to <c>onMessage</c> in the order of
/// its arrival, with the request that it answers, on the reading loop, and only then to the one who asked; so the state knows of a thing before the asker does.
/// </summary>
internal sealed partial class ChatConnection : IAsyncDisposable
{
    // A server that takes nothing any more does not keep the person from closing the window.
    private static readonly TimeSpan FlushDeadline = TimeSpan.FromSeconds(1);

    private readonly Stream _stream;
    private readonly Action<ServerMessage, Command?> _onMessage;
    private readonly ILogger _logger;
    private readonly Heartbeat _heartbeat;
    private readonly PendingRequests _asks = new();
    private readonly Channel<byte[]> _outgoing = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource<Ready> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Closing? _closing;

    internal ChatConnection(Stream stream, Action<ServerMessage, Command?> onMessage, TimeProvider time, ILogger logger)
    {
        (_stream, _onMessage, _logger) = (stream, onMessage, logger);
        _heartbeat = new Heartbeat(time, PingAsync, logger);
        Ended = _ended.Token;
        Completion = RunAsync();
    }

    /// <summary>Ends with the connection, and never fails.</summary>
    internal Task<ConnectionEnd> Completion { get; }

    /// <summary>Is cancelled when the connection ends.</summary>
    internal CancellationToken Ended { get; }

    /// <summary>The snapshot that ends the handshake; by the time it is here, the state has it.</summary>
    internal Task<Ready> Ready => _ready.Task;

    /// <summary>The server's name and version; null before it said them.</summary>
    internal string? ServerName { get; private set; }

    /// <summary>Asks, and waits for the one answer.</summary>
    /// <exception cref="ConnectionLostException">The connection ended before the answer came.</exception>
    internal async Task<Answer<TAnswer>> AskAsync<TCommand, TAnswer>(TCommand command, CancellationToken cancellationToken)
        where TCommand : Command
        where TAnswer : ServerMessage
    {
        var answer = _asks.Enqueue(command, reference => Post(command with { Ref = reference }));
        return await answer.WaitAsync(cancellationToken).ConfigureAwait(false) switch
        {
            TAnswer expected => new Answer<TAnswer>(expected),
            ErrorMessage error => new Answer<TAnswer>(new Refusal(error.Code, error.Message) { Key = error.Key, Values = error.Values }),
            var other => throw new ProtocolViolationException($"The server answered {command.Type} with {other.Type}."),
        };
    }

    /// <summary>The machine has slept: whether the server is still there is asked at once.</summary>
    internal void Wake() => _heartbeat.Wake();

    /// <summary>Sends what was asked so far, then closes. It may be called often, and on any thread.</summary>
    public async ValueTask DisposeAsync()
    {
        _outgoing.Writer.TryComplete();
        await Task.WhenAny(Completion, Task.Delay(FlushDeadline)).ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        await Completion.ConfigureAwait(false);
    }

    private async Task PingAsync()
    {
        try
        {
            await AskAsync<Ping, Pong>(new Ping(), Ended).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The connection ended, which its own loops tell.
        }
    }

    private bool Post<TCommand>(TCommand command) where TCommand : Command
    {
        var contract = (JsonTypeInfo<TCommand>?)ProtocolJson.Default.GetTypeInfo(typeof(TCommand)) ?? throw new NotSupportedException(command.Type);
        return _outgoing.Writer.TryWrite(FrameWriter.ToFrame(command, contract));
    }

    private async Task<ConnectionEnd> RunAsync()
    {
        await Task.Yield(); // The constructor's caller does not wait for the first read.
        Task[] loops = [_heartbeat.RunAsync(Ended), WriteAsync(), ReadAsync()]; // The reader last: it may have much to do at once.
        await Task.WhenAny(loops).ConfigureAwait(false);
        await _ended.CancelAsync().ConfigureAwait(false);
        _outgoing.Writer.TryComplete();
        Exception? cause = null;
        foreach (var loop in loops)
        {
            try
            {
                await loop.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // The other loop ended first.
            }
            catch (Exception e)
            {
                cause ??= e; // Whatever broke it, this connection is over, and its keeper makes another.
                if (e is not IOException)
                    Log.Failed(_logger, e);
            }
        }

        await CloseAsync().ConfigureAwait(false);
        var lost = new ConnectionLostException(_closing?.Message ?? "The connection to the server was lost.", cause ?? new IOException("It ended."));
        _asks.FailAll(lost);
        if (_ready.TrySetException(lost))
            _ = _ready.Task.Exception; // Seen: who does not wait for it any more need not hear of it.
        return new ConnectionEnd(_closing, cause);
    }

    private async Task CloseAsync()
    {
        try
        {
            await _stream.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The wire is torn already.
        }
    }

    private async Task ReadAsync()
    {
        var reader = PipeReader.Create(_stream, new StreamPipeReaderOptions(leaveOpen: true));
        while (true)
        {
            var result = await reader.ReadAsync(Ended).ConfigureAwait(false);
            var bytes = result.Buffer;
            while (ReadFrame(ref bytes) is { } payload)
                Receive(payload);
            reader.AdvanceTo(bytes.Start, bytes.End);
            if (result.IsCompleted)
                break;
        }
    }

    private static ReadOnlySequence<byte>? ReadFrame(ref ReadOnlySequence<byte> bytes) => FrameReader.TryRead(ref bytes, out var payload) switch
    {
        FrameStatus.Complete => payload,
        FrameStatus.Incomplete => null,
        _ => throw new ProtocolViolationException("The server announced a frame that is longer than a frame may be."),
    };

    private void Receive(ReadOnlySequence<byte> payload)
    {
        _heartbeat.Heard();
        if (ServerMessages.Read(payload) is not { } message)
            return;
        if (message is Closing closing)
            _closing = closing;
        _onMessage(message, _asks.AskOf(message));
        if (message is Ready ready)
        {
            ServerName = ready.Server;
            _ready.TrySetResult(ready);
        }

        _asks.Answer(message);
    }

    private async Task WriteAsync()
    {
        // The queue is read to its end: what was asked before this side closes still goes out. A torn wire ends it by the token.
        await foreach (var frame in _outgoing.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
            await _stream.WriteAsync(frame, Ended).ConfigureAwait(false);
        await _stream.FlushAsync(Ended).ConfigureAwait(false);
    }

    private static partial class Log
    {
        [LoggerMessage(1005, LogLevel.Error, "A connection ended by a fault of this program.")]
        internal static partial void Failed(ILogger logger, Exception cause);
    }
}
