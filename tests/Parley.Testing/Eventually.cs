namespace Parley.Testing;

/// <summary>Waits for a condition with a deadline; never for time.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    /// <summary>Waits until <paramref name="condition"/> holds.</summary>
    /// <param name="condition">Looked at again and again.</param>
    /// <param name="waitingFor">What the failure says: "Waited 30 s for ...".</param>
    /// <param name="deadline">Where <see cref="Deadline.Default"/> does not fit.</param>
    /// <param name="describe">What the failure adds; asked only then.</param>
    public static Task TrueAsync(Func<bool> condition, string waitingFor, TimeSpan? deadline = null, Func<string>? describe = null) =>
        TrueAsync(() => Task.FromResult(condition()), waitingFor, deadline, describe);

    /// <inheritdoc cref="TrueAsync(Func{bool}, string, TimeSpan?, Func{string})"/>
    public static Task TrueAsync(Func<Task<bool>> condition, string waitingFor, TimeSpan? deadline = null, Func<string>? describe = null) =>
        NotNullAsync(async () => await condition() ? "" : null, waitingFor, deadline, describe);

    /// <summary>Waits until <paramref name="source"/> gives something, and returns it.</summary>
    public static Task<T> NotNullAsync<T>(Func<T?> source, string waitingFor, TimeSpan? deadline = null, Func<string>? describe = null)
        where T : class => NotNullAsync(() => Task.FromResult(source()), waitingFor, deadline, describe);

    /// <inheritdoc cref="NotNullAsync{T}(Func{T}, string, TimeSpan?, Func{string})"/>
    public static async Task<T> NotNullAsync<T>(Func<Task<T?>> source, string waitingFor, TimeSpan? deadline = null, Func<string>? describe = null)
        where T : class
    {
        var limit = deadline ?? Deadline.Default;
        var started = TimeProvider.System.GetTimestamp();
        using var pace = new PeriodicTimer(Pace);
        while (true)
        {
            if (await source() is { } found)
                return found;
            if (TimeProvider.System.GetElapsedTime(started) > limit)
                throw new TimeoutException($"Waited {limit.TotalSeconds:0} s for {waitingFor}{(describe is null ? "" : $": {describe()}")}");
            await pace.WaitForNextTickAsync();
        }
    }
}
