using Parley.Client.Connection;
using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Sync;

/// <summary>Loads pages of a log that somebody wants to see, and asks only for what is missing.</summary>
internal sealed class HistoryLoader(ChatStore store, ServerLink link, SyncLoop sync)
{
    private const int PageSize = ReadHistory.DefaultLimit;

    internal async Task<Refusal?> LoadLatestAsync(ChannelId id, CancellationToken cancellationToken)
    {
        sync.Opened(id);
        var log = store.State.LogOf(id);
        if (link.Connection is null)
        {
            sync.WantLatest(id);
            return null;
        }

        try
        {
            return log.LatestRun is { } run
                ? await LoadOlderAsync(id, run.Last + 1, cancellationToken).ConfigureAwait(false)
                : await AskAsync(new ReadHistory(id, Limit: PageSize), cancellationToken).ConfigureAwait(false);
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
        return missing <= 1 || before - missing >= PageSize
            ? null
            : await AskAsync(new ReadHistory(id, Before: missing, Limit: PageSize), cancellationToken).ConfigureAwait(false);
    }

    internal async Task<Refusal?> LoadNewerAsync(ChannelId id, long after, CancellationToken cancellationToken)
    {
        var log = store.State.LogOf(id);
        var missing = log.RunOf(after + 1) is { } run ? run.Last : after;
        return missing >= log.LastNumber || missing - after >= PageSize
            ? null
            : await AskAsync(new ReadHistory(id, After: missing, Limit: PageSize), cancellationToken).ConfigureAwait(false);
    }

    internal async Task<Refusal?> LoadAroundAsync(ChannelId id, long number, CancellationToken cancellationToken)
    {
        var older = LoadOlderAsync(id, number + 1, cancellationToken);
        var newer = LoadNewerAsync(id, number, cancellationToken);
        var refusals = await Task.WhenAll(older, newer).ConfigureAwait(false);
        return refusals.FirstOrDefault(refusal => refusal is not null);
    }

    private async Task<Refusal?> AskAsync(ReadHistory ask, CancellationToken cancellationToken) =>
        (await link.RequireConnection().AskAsync<ReadHistory, HistoryPage>(ask, cancellationToken).ConfigureAwait(false)).Refusal;
}
