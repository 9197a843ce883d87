using Parley.Protocol.Wire;
using Parley.Server.Limits;

namespace Parley.Server.Scheduling;

/// <summary>
/// Decides when and on which thread a page is read and written. Users that asked for little lately get theirs at once, on their connection's reader. Users that
/// asked for much get theirs on a low-priority thread: a long page takes 10 ms of a core, and many would delay the thread that sends. Both kinds go by turns of
/// users, and neither waits for the other. The number of pages in memory is bounded, since each may be a megabyte.
/// </summary>
internal sealed class PageScheduler(TimeProvider time) : IDisposable
{
    /// <summary>Pages that are made where they are asked for, at once.</summary>
    public static readonly int MostLight = Math.Max(2, Environment.ProcessorCount);

    // One core is left to the others.
    private static readonly int MostHeavy = Math.Max(1, Environment.ProcessorCount - 1);

    private readonly FairGate<UserId> _light = new(MostLight);
    private readonly FairGate<UserId> _heavy = new(MostHeavy);
    private readonly BackgroundThreads<UserId> _threads = new("pages", MostHeavy);

    /// <summary>Makes a page when its turn has come and what its user and address took before is paid.</summary>
    /// <param name="user">Who asks.</param>
    /// <param name="purse">Of the connection; nothing else takes a page from it meanwhile.</param>
    /// <param name="make">Makes it, perhaps on another thread.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page, and its slot: to be disposed when it is in nobody's way any more.</returns>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public async ValueTask<(T Page, IDisposable Slot)> MakeAsync<T>(UserId user, Purse purse, Func<T> make, CancellationToken cancellationToken)
    {
        while (true)
        {
            var isLight = purse.HasPagesToSpare;
            var slot = await (isLight ? _light : _heavy).EnterAsync(user, cancellationToken);
            try
            {
                // Others of the same user or address may have been here before this turn came.
                var wait = purse.UntilNextPage;
                if (wait <= TimeSpan.Zero && (!isLight || purse.HasPagesToSpare))
                {
                    var page = isLight ? make() : await RunLowAsync(user, make);
                    (var taken, slot) = (slot, null);
                    return (page, taken);
                }

                slot.Dispose();
                slot = null;
                if (wait > TimeSpan.Zero)
                    await Task.Delay(wait, time, cancellationToken);
            }
            finally
            {
                slot?.Dispose();
            }
        }
    }

    public void Dispose() => _threads.Dispose();

    private Task<T> RunLowAsync<T>(UserId user, Func<T> make)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _threads.Post(user, Make);
        return completion.Task;

        void Make()
        {
            try
            {
                completion.TrySetResult(make());
            }
#pragma warning disable CA1031 // Handed to the one who waits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                completion.TrySetException(e);
            }
        }
    }
}
