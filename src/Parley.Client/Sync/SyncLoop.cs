using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Sync;

/// <summary>
/// Brings logs up to date after a break: first changes of held messages, then later messages. Where more than <see cref="ChatClientOptions.CatchUpLimit"/> is
/// missing, it loads the latest page alone, and leaves a gap. A catch-up that the next break interrupts continues after it.
/// </summary>
internal sealed partial class SyncLoop(ChatStore store, ChatClientOptions options)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<CatchUpJob> _found = Channel.CreateUnbounded<CatchUpJob>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<ChannelId, CatchUpJob> _jobs = []; // Owned by the loop; it outlives the connections.
    private long _lastOpened;

    /// <summary>Called for each message before it is folded in, on the reading loop.</summary>
    internal void OnMessage(ChatState before, ServerMessage message)
    {
        foreach (var job in GapDetector.Find(before, message))
            _found.Writer.TryWrite(job);
    }

    /// <summary>A window shows this room: it comes first.</summary>
    internal void Opened(ChannelId id) => Volatile.Write(ref _lastOpened, id.Value);

    /// <summary>Loads the latest page of a log as soon as there is a connection.</summary>
    internal void WantLatest(ChannelId id) => _found.Writer.TryWrite(new CatchUpJob(id, null));

    /// <summary>Works on one connection until it ends.</summary>
    internal async Task RunAsync(ChatConnection connection)
    {
        while (true)
        {
            while (_found.Reader.TryRead(out var job))
                Take(job);
            if (_jobs.Count == 0)
            {
                await _found.Reader.WaitToReadAsync(connection.Ended).ConfigureAwait(false);
                continue;
            }

            var next = _jobs.TryGetValue(new ChannelId(Volatile.Read(ref _lastOpened)), out var opened) ? opened : _jobs.Values.First();
            if (await StepAsync(connection, next).ConfigureAwait(false) is { } rest)
                _jobs[next.ChannelId] = rest;
            else
                _jobs.Remove(next.ChannelId);
        }
    }

    // The lowest number wins, since everything after it is loaded. A job for the latest page gives way to one for a gap.
    private void Take(CatchUpJob job)
    {
        if (!_jobs.TryGetValue(job.ChannelId, out var known) || known.After is null || job.After < known.After)
            _jobs[job.ChannelId] = job;
    }

    // One page; what is left to do after it, or null.
    private async Task<CatchUpJob?> StepAsync(ChatConnection connection, CatchUpJob job)
    {
        var log = store.State.LogOf(job.ChannelId);
        if ((log.IsBehind ? NextChanges(job.ChannelId, log) : NextRows(job, log)) is not { } ask)
            return null;
        var answer = await connection.AskAsync<ReadHistory, HistoryPage>(ask, connection.Ended).ConfigureAwait(false);
        if (answer.TryGet(out var page, out var refusal))
        {
            if (ask.After is not null)
                return page.Events.Count == 0 && page.Covers is null ? null : job with { After = page.Covers?.Last ?? page.Events[^1].Number };
            // The server's own log may be behind for a moment: then ask again later.
            if (ask.ChangedAfter is { } after && store.State.LogOf(job.ChannelId) is { IsBehind: true } same && same.AsOf == after)
                await Task.Delay(RetryDelay, options.Time, connection.Ended).ConfigureAwait(false);
            return log.IsBehind ? job : null;
        }

        Log.CatchUpRefused(options.Logger, job.ChannelId, refusal.Code);
        if (!refusal.IsTemporary)
            return null;
        await Task.Delay(RetryDelay, options.Time, connection.Ended).ConfigureAwait(false);
        return job;
    }

    // Changes and messages since, page by page. Messages are collected where they are within the limit; otherwise the latest page comes first.
    private ReadHistory NextChanges(ChannelId id, RoomLog log)
    {
        var missed = log.LastNumber - log.AsOf;
        if (missed > options.CatchUpLimit && log.LatestRun is null)
            return new ReadHistory(id, Limit: ReadHistory.DefaultLimit) { Rows = true };
        if (missed <= options.CatchUpLimit && log.Collected is null)
            store.Update(state => Collect(state, id));
        return new ReadHistory(id, Limit: ReadHistory.MaxLimit) { ChangedAfter = log.AsOf };
    }

    private ChatState Collect(ChatState state, ChannelId id)
    {
        var log = state.LogOf(id);
        return log is { IsBehind: true, Collected: null }
            ? state with { Logs = state.Logs.SetItem(id, log with { Collected = new CatchUpRows(log.AsOf, 2 * options.CatchUpLimit, ImmutableDictionary<MessageId, Message>.Empty) }) }
            : state;
    }

    // Held messages are up to date, but some are missing.
    private ReadHistory? NextRows(CatchUpJob job, RoomLog log)
    {
        var after = job.After is { } number ? HeldFrom(log, number) : null;
        if (after >= log.LastNumber)
            return null;
        if (after is not null && log.LastNumber - after <= options.CatchUpLimit)
            return new ReadHistory(job.ChannelId, After: after, Limit: ReadHistory.MaxLimit) { Rows = true };
        return log.LatestRun is null ? new ReadHistory(job.ChannelId, Limit: ReadHistory.DefaultLimit) { Rows = true } : null;
    }

    // How far the log is held without a gap from the last number that was held; null where that part is held no more.
    private static long? HeldFrom(RoomLog log, long number) =>
        number == 0 ? NumberRanges.Find(log.Held, 1)?.Last ?? 0 : NumberRanges.Find(log.Held, number)?.Last;

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Warning, "The server refused to catch up channel {Channel}: {Code}.")]
        internal static partial void CatchUpRefused(ILogger logger, ChannelId channel, string code);
    }
}
