using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Parley.Client.Connection;
using Parley.Client.Features.Members;
using Parley.Client.Features.Messages;
using Parley.Client.Mirror;
using Parley.Client.State;
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
    private readonly ConcurrentQueue<UpdateToSave> _updates = new();
    private readonly ConcurrentQueue<EntryToSave> _entries = new();
    private readonly ConcurrentDictionary<ChannelId, long> _revisions = new(); // Of what is written.
    private readonly HashSet<ChannelId> _lost = []; // Owned by the loop.
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
    private KnownMembers? _writtenMembers;
    private volatile KnownMembers? _members;

    private ChatMirror(string path, string username, ChatStore store, ILogger logger)
    {
        (_path, Username, _store, _logger) = (path, username, store, logger);
        _writing = MirrorFile.Open(path);
        try
        {
            _reading = MirrorFile.OpenForReading(path);
            Loaded = _written = new MirrorReader(_reading).Load();
            LoadedMembers = new MirrorReader(_reading).LoadMembers();
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

    public KnownMembers LoadedMembers { get; }

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

    public void SaveMembers(KnownMembers members)
    {
        _members = members;
        Wake();
    }

    public void Save(LogUpdate update, long asOf, long revision)
    {
        _updates.Enqueue(new UpdateToSave(_store.State.Epoch, update, asOf, revision));
        Wake();
    }

    public async Task SaveAsync(OutboxEntry entry, Action onSaved)
    {
        if (!await WriteNowAsync(entry, onSaved).ConfigureAwait(false))
            onSaved(); // The mirror was closed in this moment.
    }

    public async Task<MirrorPage?> ReadAsync(ChannelId id, NumberRange within, bool isFromEnd, int limit, CancellationToken cancellationToken)
    {
        // What was told is written before, so that it is read.
        if (!_updates.IsEmpty)
            await WriteNowAsync(entry: null, () => { }).WaitAsync(cancellationToken).ConfigureAwait(false);
        var revision = _revisions.GetValueOrDefault(id);
        return await ReadAsync(reader => reader.ReadMessages(id, within, isFromEnd, limit), cancellationToken).ConfigureAwait(false) is { } update ? new MirrorPage(update, revision) : null;
    }

    public Task<long?> FindAsync(ChannelId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.FindNumber(id, at), cancellationToken);

    // Whether it was written, or at least tried.
    private async Task<bool> WriteNowAsync(OutboxEntry? entry, Action onSaved)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _entries.Enqueue(new EntryToSave(entry, onSaved, kept));
        Wake();
        _urgent.Release();
        await Task.WhenAny(kept.Task, _loop).ConfigureAwait(false);
        return kept.Task.IsCompleted;
    }

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
        var entries = Drain(_entries);
        var updates = Drain(_updates); // Before the state is looked at: so it is at least as new as they are.
        var (state, members) = (_store.State, _members);
        try
        {
            _writer ??= new MirrorWriter(_writing, new MirrorReader(_writing).Load());
            if (entries.Any(e => e.Entry is not null) || updates.Count > 0 || !ReferenceEquals(state, _written) || !ReferenceEquals(members, _writtenMembers))
                _writer.Write(state, members, updates, [.. entries.Select(e => e.Entry).OfType<OutboxEntry>()], _lost);
            (_written, _writtenMembers) = (state, members);
            _lost.Clear();
            foreach (var told in updates)
                _revisions[told.Update.ChannelId] = told.Revision;
        }
        catch (Exception e)
        {
            // Whatever it is: a mirror that ends would take the client's own end with it, and the next writing may go well.
            Log.NotWritten(_logger, e, _path);
            _writer = null; // What it remembers is no longer what the file holds: the next one looks.
            _lost.UnionWith(updates.Select(told => told.Update.ChannelId)); // And what it missed would be missing for ever.
        }

        foreach (var entry in entries)
        {
            entry.OnSaved();
            entry.Saved.SetResult();
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

    private sealed record EntryToSave(OutboxEntry? Entry, Action OnSaved, TaskCompletionSource Saved);

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
