using System.Globalization;
using Parley.Server.Scheduling;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// bcrypt on threads of its own, one less than there are cores: a login costs a quarter of a second of one, and nobody's message waits for it. Who
/// goes first is the queue's; past its bounds people are told to try again.
/// </summary>
internal sealed class PasswordHasher : IDisposable
{
    /// <summary>As the predecessor's. Each step up doubles the time, for whoever logs in and for whoever guesses.</summary>
    public const int DefaultCost = 12;

    /// <summary>The least that is advised: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html#bcrypt</summary>
    public const int LowestCost = 10;

    /// <summary>Two seconds of a core for each login.</summary>
    public const int HighestCost = 15;

    /// <summary>What is told where the queue is full.</summary>
    public const string BusyMessage = "Server is busy, try again.";

    // Verified against where there is no such user, so that both refusals take the same time. It is nobody's: the hash of random bytes that were thrown
    // away. Only the cost is put in: to hash anew takes as long as the whole start of the server.
    private readonly string _nobody;

    private readonly int _cost;
    private readonly HashQueue _queue = new();
    private long _done;
    private long _refused;

    /// <param name="cost">Of new passwords: <see cref="LowestCost"/> to <see cref="HighestCost"/>.</param>
    public PasswordHasher(int cost)
    {
        _cost = cost;
        _nobody = string.Create(CultureInfo.InvariantCulture, $"$2b${cost:00}$QGZiq2mFNqIrerweloFJCO7/HKoWUDmbJQ9I/h5Gv0LXz/CLSHwe.");
        for (var i = 0; i < Math.Max(1, Environment.ProcessorCount - 1); i++)
            BackgroundThread.Start("bcrypt", Work);
    }

    /// <summary>Passwords that were hashed since the start.</summary>
    public long Done => Volatile.Read(ref _done);

    /// <summary>Those for which there was no space.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>How many passwords wait, and for how long the first of them has.</summary>
    public (int Depth, TimeSpan OldestAge) Waiting => _queue.Waiting;

    /// <summary>Hashes a new password; null where the queue is full.</summary>
    public Task<string?> HashAsync(string password, HashPriority priority, CancellationToken cancellationToken) =>
        Enqueue<string?>(() => BCrypt.Net.BCrypt.HashPassword(password, _cost), priority, cancellationToken);

    /// <summary>Whether <paramref name="password"/> is the one; null where the queue is full.</summary>
    /// <param name="password">As it was typed.</param>
    /// <param name="hash">A bcrypt hash of any cost; null for a user who does not exist: the answer is no, and takes as long.</param>
    /// <param name="priority">Who asks, and before whom they come.</param>
    /// <param name="cancellationToken">Ends the wait; what nobody waits for any more is not hashed.</param>
    public Task<bool?> VerifyAsync(string password, string? hash, HashPriority priority, CancellationToken cancellationToken) =>
        Enqueue<bool?>(() => Verify(password, hash ?? _nobody) && hash is not null, priority, cancellationToken);

    public void Dispose() => _queue.Complete();

    private static bool Verify(string password, string hash)
    {
        try
        {
            return BCrypt.Net.BCrypt.Verify(password, hash);
        }
        catch (Exception e) when (e is BCrypt.Net.SaltParseException or ArgumentException)
        {
            return false; // A malformed hash fits no password.
        }
    }

    private Task<T?> Enqueue<T>(Func<T> work, HashPriority priority, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var job = new HashJob(priority, Work, Refuse, cancellationToken);
        if (!_queue.TryAdd(job))
            job.Refuse();
        return completion.Task.WaitAsync(cancellationToken);

        void Refuse()
        {
            Interlocked.Increment(ref _refused);
            completion.TrySetResult(default);
        }

        void Work()
        {
            try
            {
                completion.TrySetResult(work());
            }
#pragma warning disable CA1031 // Handed to the one who waits.
            catch (Exception e)
#pragma warning restore CA1031
            {
                completion.TrySetException(e);
            }
        }
    }

    private void Work()
    {
        while (_queue.TryTake(out var job))
        {
            if (job.NobodyWaits.IsCancellationRequested)
                continue;
            job.Work();
            Interlocked.Increment(ref _done);
        }
    }
}
