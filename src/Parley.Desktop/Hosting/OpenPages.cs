namespace Parley.Desktop.Hosting;

/// <summary>
/// The pages that are open. The framework leaves them drawing while the program ends, and what they draw last (that the connections are gone) wants services
/// that are gone before it: so each lets go of all that it shows, first of all. One for the program.
/// </summary>
internal sealed class OpenPages
{
    // A page that hangs has no say in when the program ends.
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly HashSet<Func<Task>> _empty = [];
    private volatile bool _areOver;

    /// <summary>Whether the program ends.</summary>
    internal bool AreOver => _areOver;

    /// <summary>A page opened.</summary>
    /// <param name="empty">Lets go of what it shows.</param>
    /// <returns>Whether there is still something to show.</returns>
    internal bool Add(Func<Task> empty)
    {
        lock (_gate)
            return !_areOver && _empty.Add(empty);
    }

    /// <summary>A page is gone.</summary>
    internal void Remove(Func<Task> empty)
    {
        lock (_gate)
            _empty.Remove(empty);
    }

    /// <summary>The program ends: no page shows anything from now on.</summary>
    internal async Task EmptyAsync()
    {
        Func<Task>[] open;
        lock (_gate)
        {
            _areOver = true;
            open = [.. _empty];
        }

        try
        {
            await Task.WhenAll(open.Select(empty => empty())).WaitAsync(Deadline);
        }
        catch (TimeoutException)
        {
            // It draws until the process ends.
        }
    }
}
