using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Sync;

/// <summary>Loads pages of a log that somebody wants to see, and asks only for what is missing.</summary>
internal sealed class HistoryLoader(ChatStore store, ServerLink link, AccountMirror mirror, SyncLoop sync, LogMemory memory)
{
    private const int PageSize = ReadHistory.DefaultLimit;

    internal async Task<Refusal?> LoadLatestAsync(ChannelId id, CancellationToken cancellationToken)
    {
        sync.Opened(id);
        try
        {
            var log = store.State.LogOf(id);
            if (log.LatestRun is { } run)
                return await LoadOlderAsync(id, run.Last + 1, cancellationToken).ConfigureAwait(false);
            var isShown = await LoadLatestHeldAsync(id, log, cancellationToken).ConfigureAwait(false);
            return isShown && log.IsUpToDate ? null : await AskAsync(new ReadHistory(id, Limit: PageSize), cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionLostException)
        {
            sync.WantLatest(id);
            return null;
        }
    }

    internal async Task<Refusal?> LoadOlderAsync(ChannelId id, long before, CancellationToken cancellationToken)
    {
        var log = store.State.LogOf(id);
        var missing = log.RunOf(before - 1) is { } run ? run.First : before;
        if (missing <= 1 || before - missing >= PageSize)
            return null;
        if (NumberRanges.Find(log.Held, missing - 1) is { } held
            && await LoadHeldAsync(id, Math.Max(held.First, missing - PageSize), missing - 1, missing - 1, cancellationToken).ConfigureAwait(false))
            return null;
        return await AskAsync(new ReadHistory(id, Before: missing, Limit: PageSize), cancellationToken).ConfigureAwait(false);
    }

    internal async Task<Refusal?> LoadNewerAsync(ChannelId id, long after, CancellationToken cancellationToken)
    {
        var log = store.State.LogOf(id);
        var missing = log.RunOf(after + 1) is { } run ? run.Last : after;
        if (missing >= log.LastNumber || missing - after >= PageSize)
            return null;
        if (NumberRanges.Find(log.Held, missing + 1) is { } held
            && await LoadHeldAsync(id, missing + 1, Math.Min(held.Last, missing + PageSize), missing + 1, cancellationToken).ConfigureAwait(false))
            return null;
        return await AskAsync(new ReadHistory(id, After: missing, Limit: PageSize), cancellationToken).ConfigureAwait(false);
    }

    internal async Task<Refusal?> LoadAroundAsync(ChannelId id, long number, CancellationToken cancellationToken)
    {
        var older = LoadOlderAsync(id, number + 1, cancellationToken);
        var newer = LoadNewerAsync(id, number, cancellationToken);
        var refusals = await Task.WhenAll(older, newer).ConfigureAwait(false);
        return refusals.FirstOrDefault(refusal => refusal is not null);
    }

    internal async Task<Answer<long?>> FindAsync(ChannelId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await link.RequireConnection()
                .AskAsync<ReadHistory, HistoryPage>(new ReadHistory(id, Limit: PageSize, At: at), cancellationToken).ConfigureAwait(false);
            if (!answer.TryGet(out var page, out var refusal))
                return new Answer<long?>(refusal);
            return new Answer<long?>(page.Events is [var first, ..] ? first.Number : null);
        }
        catch (ConnectionLostException)
        {
            return new Answer<long?>(await mirror.FindAsync(id, at, cancellationToken).ConfigureAwait(false));
        }
    }

    // The end of what is held, whether it is the end of the log or not: better than nothing while there is no connection.
    private async Task<bool> LoadLatestHeldAsync(ChannelId id, ChannelLog log, CancellationToken cancellationToken) =>
        log.Held is [.., var held]
        && await LoadHeldAsync(id, Math.Max(held.First, held.Last - PageSize + 1), held.Last, held.Last, cancellationToken).ConfigureAwait(false);

    private async Task<bool> LoadHeldAsync(ChannelId id, long first, long last, long wanted, CancellationToken cancellationToken)
    {
        var isLoaded = await mirror.LoadAsync(id, first, last, wanted, cancellationToken).ConfigureAwait(false);
        memory.Trim(id);
        return isLoaded;
    }

    private async Task<Refusal?> AskAsync(ReadHistory ask, CancellationToken cancellationToken) =>
        (await link.RequireConnection().AskAsync<ReadHistory, HistoryPage>(ask, cancellationToken).ConfigureAwait(false)).Refusal;
}
