using Parley.Protocol.Wire;
using Parley.Server.Limits;

namespace Parley.Server.Scheduling;

/// <summary>
/// Where pages are read from the database and written. A page of whoever asks for little is made at once, where its connection is read. One of whoever has
/// asked for much lately is made on a thread that goes behind all others: a long page keeps a core busy for ten milliseconds, and so many would hold up the
/// thread that sends. Both by turns of users, and neither waits for the other. Only so many are in memory at once: each may be a megabyte.
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
