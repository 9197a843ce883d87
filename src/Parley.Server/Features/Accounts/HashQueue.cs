using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using Parley.Server.Scheduling;

namespace Parley.Server.Features.Accounts;

/// <summary>
/// The passwords that wait to be hashed. Three lines: people who are known, other logins, registrations. The first two alternate and the third gets a seventh,
/// so that each goes on whatever the others do. Within a line addresses take turns, and within an address names do, so that many names give nobody more turns.
/// A line is bounded; where it is full, the address with the most in it gives way.
/// </summary>
internal sealed class HashQueue
{
    /// <summary>The most that wait in one line.</summary>
    public const int MostInALine = 512;

    private static readonly HashPrecedence[] Cycle =
    [
        HashPrecedence.Known, HashPrecedence.LogIn, HashPrecedence.Known, HashPrecedence.LogIn, HashPrecedence.Known, HashPrecedence.LogIn, HashPrecedence.Registration,
    ];

    private readonly object _gate = new(); // Monitor and not Lock: the threads wait on it.
    private readonly Line[] _lines = [new(), new(), new()];
    private int _next;
    private bool _completed;

    /// <summary>How many wait, and for how long the first of them has.</summary>
    public (int Depth, TimeSpan OldestAge) Waiting
    {
        get
        {
            lock (_gate)
            {
                var oldest = _lines.SelectMany(l => l.Firsts).Select(j => j.At).DefaultIfEmpty(long.MaxValue).Min();
                return (_lines.Sum(l => l.Count), oldest == long.MaxValue ? TimeSpan.Zero : Stopwatch.GetElapsedTime(oldest));
            }
        }
    }

    /// <summary>Adds a job; false where there is no space for it.</summary>
    public bool TryAdd(HashJob job)
    {
        HashJob? dropped = null;
        lock (_gate)
        {
            var line = _lines[(int)job.Priority.Precedence];
            if (_completed || (line.Count >= MostInALine && !line.TryEvict(job.Priority.Address, out dropped)))
                return false;
            line.Add(job);
            Monitor.Pulse(_gate);
        }

        dropped?.Refuse();
        return true;
    }

    /// <summary>Waits for the next job; false after <see cref="Complete"/>.</summary>
    public bool TryTake([NotNullWhen(true)] out HashJob? job)
    {
        lock (_gate)
        {
            while (!TryTakeInTurn(out job))
            {
                if (_completed)
                    return false;
                Monitor.Wait(_gate);
            }

            return true;
        }
    }

    public void Complete()
    {
        lock (_gate)
        {
            _completed = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool TryTakeInTurn([NotNullWhen(true)] out HashJob? job)
    {
        for (var i = 0; i < Cycle.Length; i++)
        {
            var line = _lines[(int)Cycle[(_next + i) % Cycle.Length]];
            if (!line.TryTake(out job))
                continue;
            _next = (_next + i + 1) % Cycle.Length;
            return true;
        }

        job = null;
        return false;
    }

    private sealed class Line
    {
        // The turns of the addresses, and of each address those of its names.
        private readonly FairQueue<IPAddress, IPAddress> _turns = new();
        private readonly Dictionary<IPAddress, FairQueue<string, HashJob>> _byAddress = [];

        public int Count => _turns.Count;

        public IEnumerable<HashJob> Firsts => _byAddress.Values.SelectMany(names => names.Firsts);

        public void Add(HashJob job)
        {
            if (!_byAddress.TryGetValue(job.Priority.Address, out var names))
                _byAddress.Add(job.Priority.Address, names = new FairQueue<string, HashJob>());
            names.Enqueue(job.Priority.Name, job);
            _turns.Enqueue(job.Priority.Address, job.Priority.Address);
        }

        public bool TryTake([NotNullWhen(true)] out HashJob? job)
        {
            job = null;
            if (!_turns.TryDequeue(out var address) || !_byAddress[address].TryDequeue(out job))
                return false;
            if (_byAddress[address].Count == 0)
                _byAddress.Remove(address);
            return true;
        }

        public bool TryEvict(IPAddress newcomer, out HashJob? dropped)
        {
            dropped = null;
            return _turns.TryEvict(newcomer, out var address) && _byAddress[address].TryDropLast(out dropped);
        }
    }
}
