using Parley.Client.Connection;
using Parley.Client.Features.Messages;
using Parley.Client.Mirror;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Sync;

/// <summary>Loads the pages of a log that a window shows, and requests only what is missing.</summary>
internal sealed class HistoryLoader(ChatStore store, ServerLink link, AccountMirror mirror, SyncLoop sync, LogMemory memory)
{
    private const int PageSize = ReadHistory.DefaultLimit;
    private const int MaxTries = 3;

    internal async Task<Refusal?> LoadLatestAsync(ChannelId id, CancellationToken cancellationToken)
    {
        sync.Opened(id);
        try
        {
            var log = store.State.LogOf(id);
            if (log.LatestRun is { } run)
                return await LoadOlderAsync(id, run.Last + 1, cancellationToken).ConfigureAwait(false);
            var isShown = TrustsMirror(log) && log.Held is [.., var held] && await LoadHeldAsync(id, held, isFromEnd: true, cancellationToken).ConfigureAwait(false);
            return isShown && log is { IsUpToDate: true, IsBehind: false } ? null : await AskAsync(new ReadHistory(id, Limit: PageSize), cancellationToken).ConfigureAwait(false);
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
        var run = log.RunOf(before - 1);
        var missing = run?.First ?? before;
        if (missing <= 1 || run?.IndexFrom(before) >= PageSize)
            return null;
        if (HeldAt(log, missing - 1) is { } held && await LoadHeldAsync(id, new NumberRange(held.First, missing - 1), isFromEnd: true, cancellationToken).ConfigureAwait(false))
            return null;
        return await AskAsync(new ReadHistory(id, Before: missing, Limit: PageSize), cancellationToken).ConfigureAwait(false);
    }

    internal async Task<Refusal?> LoadNewerAsync(ChannelId id, long after, CancellationToken cancellationToken)
    {
        var log = store.State.LogOf(id);
        var run = log.RunOf(after + 1);
        var missing = run?.Last ?? after;
        if (missing >= log.LastNumber || run?.Rows.Count - run?.IndexFrom(after + 1) >= PageSize)
            return null;
        if (HeldAt(log, missing + 1) is { } held && await LoadHeldAsync(id, new NumberRange(missing + 1, held.Last), isFromEnd: false, cancellationToken).ConfigureAwait(false))
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
                .AskAsync<ReadHistory, HistoryPage>(new ReadHistory(id, Limit: PageSize, At: at) { Rows = true }, cancellationToken).ConfigureAwait(false);
            return answer.TryGet(out var page, out var refusal) ? new Answer<long?>(FirstToRead(page)) : new Answer<long?>(refusal);
        }
        catch (ConnectionLostException)
        {
            return new Answer<long?>(await mirror.FindAsync(id, at, cancellationToken).ConfigureAwait(false));
        }
    }

    // A jump goes to a message, not to a change.
    private static long? FirstToRead(HistoryPage page) =>
        page.Events.FirstOrDefault(e => EventKind.IsSaid(e.Kind) && e.Deleted != true)?.Number ?? (page.Events is [var first, ..] ? first.Number : null);

    // The mirror is used where no change was missed, and without a connection, when out-of-date messages are better than none.
    private bool TrustsMirror(RoomLog log) => !log.IsBehind || link.Connection is null;

    private NumberRange? HeldAt(RoomLog log, long number) => TrustsMirror(log) ? NumberRanges.Find(log.Held, number) : null;

    private async Task<bool> LoadHeldAsync(ChannelId id, NumberRange within, bool isFromEnd, CancellationToken cancellationToken)
    {
        var isLoaded = await mirror.LoadAsync(id, within, isFromEnd, PageSize, cancellationToken).ConfigureAwait(false);
        memory.TrimAfterPage(id);
        return isLoaded;
    }

    private async Task<Refusal?> AskAsync(ReadHistory ask, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var answer = await link.RequireConnection().AskAsync<ReadHistory, HistoryPage>(ask with { Rows = true }, cancellationToken).ConfigureAwait(false);
            // So much was changed while the page was under way that it could not be used: ask again.
            if (tries == MaxTries || !answer.TryGet(out var page, out var refusal) || LogUpdate.IsUsable(store.State.LogOf(page.ChannelId), page))
                return answer.Refusal;
        }
    }
}
