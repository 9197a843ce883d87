using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Native.Mirror;

/// <summary>The mirror of one account in a file: see the README beside this file.</summary>
internal sealed partial class ChatMirror : IMirror
{
    // What is written behind is lost in a crash and fetched again; four times a second is often enough, and quiet on the disk.
    private static readonly TimeSpan WriteDelay = TimeSpan.FromMilliseconds(250);

    private readonly string _path;
    private readonly ChatStore _store;
    private readonly ILogger _logger;
    private readonly SqliteConnection _writing;
    private readonly SqliteConnection _reading;
    private readonly SemaphoreSlim _oneReader = new(1, 1);
    private readonly ConcurrentQueue<EventsToKeep> _events = new();
    private readonly ConcurrentQueue<MessageToKeep> _messages = new();
    private readonly Channel<bool> _changed = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim _urgent = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly IDisposable _subscription;
    private readonly Task _loop;
    private readonly Lock _gate = new();
    private Task? _closing;
    private bool _isClosed;
    private MirrorWriter? _writer;
    private ChatState _written;

    private ChatMirror(string path, string username, ChatStore store, ILogger logger)
    {
        (_path, Username, _store, _logger) = (path, username, store, logger);
        _writing = MirrorFile.Open(path);
        try
        {
            _reading = MirrorFile.OpenForReading(path);
            Loaded = _written = new MirrorReader(_reading).Load();
        }
        catch
        {
            _reading?.Dispose();
            _writing.Dispose();
            throw;
        }

        _writer = new MirrorWriter(_writing, Loaded);
        _subscription = store.Subscribe(Wake);
        _loop = RunAsync();
    }

    public string Username { get; }

    public ChatState Loaded { get; }

    /// <summary>Opens the mirror; null where that cannot be, which the log tells. One that is no database, or a damaged one, is put aside.</summary>
    internal static ChatMirror? Open(string path, string username, ChatStore store, ILogger logger)
    {
        try
        {
            try
            {
                return new ChatMirror(path, username, store, logger);
            }
            catch (Exception e) when (MirrorFile.IsDamage(e))
            {
                Log.PutAside(logger, e, path);
                MirrorFile.PutAside(path);
                return new ChatMirror(path, username, store, logger);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            Log.NotOpened(logger, e, path);
            return null;
        }
    }

    public void Notice(ServerMessage message)
    {
        var page = message switch
        {
            EventPushed pushed => new EventsToKeep(_store.State.Epoch, pushed.ChannelId, [pushed.Event]),
            HistoryPage { Events.Count: > 0 } history => new EventsToKeep(_store.State.Epoch, history.ChannelId, history.Events),
            _ => null,
        };
        if (page is null)
            return;
        _events.Enqueue(page);
        Wake();
    }

    public async Task KeepAsync(PendingMessage message, Action onKept)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _messages.Enqueue(new MessageToKeep(message, onKept, kept));
        Wake();
        _urgent.Release();
        await Task.WhenAny(kept.Task, _loop).ConfigureAwait(false);
        if (!kept.Task.IsCompleted)
            onKept(); // The mirror was closed in this moment.
    }

    public async Task<IReadOnlyList<ChannelEvent>> ReadAsync(ChannelId id, long first, long last, CancellationToken cancellationToken) =>
        await ReadAsync(reader => reader.ReadEvents(id, first, last), cancellationToken).ConfigureAwait(false) ?? [];

    public Task<long?> FindAsync(ChannelId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.FindNumber(id, at), cancellationToken);

    private async Task<T?> ReadAsync<T>(Func<MirrorReader, T> read, CancellationToken cancellationToken)
    {
        await _oneReader.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _isClosed ? default : await Task.Run(() => read(new MirrorReader(_reading)), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // SQLite says what it cannot read, and anything at all may be said of what stands in the file; the server has it, too.
            Log.NotRead(_logger, e, _path);
            return default;
        }
        finally
        {
            _oneReader.Release();
        }
    }

    /// <summary>Writes the rest and closes. Whoever asks for it, and how many do, it is closed when this is over.</summary>
    public async ValueTask DisposeAsync()
    {
        Task closing;
        lock (_gate)
            closing = _closing ??= CloseAsync();
        await closing.ConfigureAwait(false);
    }

    public async Task EraseAsync()
    {
        await DisposeAsync().ConfigureAwait(false);
        if (MirrorFile.Erase(_path) is { } failure)
            Log.NotErased(_logger, failure, _path);
    }

    /// <summary>Leaves nothing of any account on a server; where a file cannot be removed, the log tells.</summary>
    internal static void EraseAll(string folder, ServerAddress server, ILogger logger)
    {
        if (MirrorFile.EraseAll(folder, server) is { } failure)
            Log.NotErased(logger, failure, folder);
    }

    private async Task CloseAsync()
    {
        _subscription.Dispose();
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await _oneReader.WaitAsync().ConfigureAwait(false);
        _isClosed = true;
        _oneReader.Release(); // Who waits to read finds it closed.
        await _reading.DisposeAsync().ConfigureAwait(false);
        await _writing.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _changed.Reader.ReadAsync(_stop.Token).ConfigureAwait(false);
                await _urgent.WaitAsync(WriteDelay, _stop.Token).ConfigureAwait(false);
                WriteAll();
            }
        }
        catch (OperationCanceledException)
        {
            WriteAll();
        }
    }

    private void WriteAll()
    {
        var messages = Drain(_messages);
        var events = Drain(_events); // Before the state is looked at: so it is at least as new as they are.
        var state = _store.State;
        try
        {
            _writer ??= new MirrorWriter(_writing, new MirrorReader(_writing).Load());
            if (messages.Count > 0 || events.Count > 0 || !ReferenceEquals(state, _written))
                _writer.Write(state, events, [.. messages.Select(m => m.Message)]);
            _written = state;
        }
        catch (Exception e)
        {
            // Whatever it is: a mirror that ends would take the client's own end with it, and the next writing may go well.
            Log.NotWritten(_logger, e, _path);
            _writer = null; // What it remembers is no longer what the file holds: the next one looks.
        }

        foreach (var message in messages)
        {
            message.OnKept();
            message.Kept.SetResult();
        }
    }

    private void Wake() => _changed.Writer.TryWrite(true);

    private static List<T> Drain<T>(ConcurrentQueue<T> queue)
    {
        var drained = new List<T>();
        while (queue.TryDequeue(out var item))
            drained.Add(item);
        return drained;
    }

    private sealed record MessageToKeep(PendingMessage Message, Action OnKept, TaskCompletionSource Kept);

    private static partial class Log
    {
        [LoggerMessage(1301, LogLevel.Warning, "The mirror {Path} cannot be opened; the client goes on without one.")]
        internal static partial void NotOpened(ILogger logger, Exception cause, string path);

        [LoggerMessage(1302, LogLevel.Error, "The mirror {Path} cannot be written.")]
        internal static partial void NotWritten(ILogger logger, Exception cause, string path);

        [LoggerMessage(1303, LogLevel.Warning, "The mirror {Path} cannot be read.")]
        internal static partial void NotRead(ILogger logger, Exception cause, string path);

        [LoggerMessage(1305, LogLevel.Warning, "Something of the mirror {Path} cannot be removed; delete it by hand.")]
        internal static partial void NotErased(ILogger logger, Exception cause, string path);

        [LoggerMessage(1304, LogLevel.Error, "The mirror {Path} is damaged; it was put aside, and a new one begins.")]
        internal static partial void PutAside(ILogger logger, Exception cause, string path);
    }
}
