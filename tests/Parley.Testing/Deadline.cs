namespace Parley.Testing;

/// <summary>How long a test waits for what must come. Only a failing test ever waits this long.</summary>
public static class Deadline
{
    /// <summary>60 seconds, or the seconds in PARLEY_TEST_DEADLINE: machines that run tests are often busy.</summary>
    public static TimeSpan Default { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("PARLEY_TEST_DEADLINE"), out var seconds) ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromSeconds(60);

    /// <summary>Awaits <paramref name="task"/>; past the deadline a <see cref="TimeoutException"/> says what was waited for.</summary>
    public static async Task<T> WithinAsync<T>(Task<T> task, Func<string> waitingFor, TimeSpan? deadline = null)
    {
        try
        {
            return await task.WaitAsync(deadline ?? Default);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited {(deadline ?? Default).TotalSeconds:0} s for {waitingFor()}");
        }
    }
}
