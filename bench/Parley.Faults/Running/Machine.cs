using System.Diagnostics;
using Parley.Faults.Chaos;
using Parley.Faults.Checking;
using Parley.Faults.Clients;
using Parley.Faults.Witnesses;

namespace Parley.Faults.Running;

/// <summary>What a run is to be.</summary>
internal sealed record MachineOptions(string Server, int Seed, int Kills, int Clients, int Witnesses, TimeSpan LongStop, TimeSpan Limit, bool KeepsFolder);

/// <summary>One run: people talk, everything around them breaks, and at the end the books are compared.</summary>
internal sealed class Machine(MachineOptions options) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-faults-").FullName;
    private readonly FaultCounts _counts = new();
    private readonly Dice _dice = new(options.Seed);
    private readonly Findings _findings = new();
    private readonly List<string> _skipped = [];
    private SmallDisk? _disk;

    public async Task<Verdict> RunAsync(CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var data = Path.Combine(_folder, "data");
        _disk = SmallDisk.TryMount(data);
        var clock = FakeClock.TryBuild(_folder);
        Note(_disk is null, "disk_full (needs root, to mount a small file system)");
        Note(clock is null, "clock_set_back (needs a C compiler, cc)");

        await using var proxy = new FaultProxy(_dice.Fork(), _counts) { IsCalm = true };
        await using var server = new ServerUnderTest(options.Server, data, clock?.Environment ?? new Dictionary<string, string>(), proxy)
        {
            LogPath = Path.Combine(_folder, "server.log"),
        };
        await server.StartAsync(cancel);
        var names = Enumerable.Range(1, options.Clients).Select(i => $"client{i}").ToArray();
        var clients = names.Select((n, i) => new ClientProcess(_folder, n, names.Where(o => o != n), proxy.Port, options.Seed + i)).ToArray();
        var witnesses = Enumerable.Range(1, options.Witnesses).Select(i => new Witness($"witness{i}", proxy, _dice.Fork())).ToArray();
        using var stopWatching = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            foreach (var client in clients)
                client.Start();
            var watching = witnesses.Select(w => w.WatchAsync(stopWatching.Token)).ToArray();
            await Storm.AwaitSessionsAsync(_folder, names, cancel);
            proxy.IsCalm = false;
            var storm = new Storm(options, _dice, _counts, server, clients, _disk, clock);
            await storm.RageAsync(cancel);

            proxy.IsCalm = true;
            var isSettled = await ArriveAsync(server, clients, cancel);
            await stopWatching.CancelAsync();
            await Task.WhenAll(watching);
            if (!isSettled)
                _findings.Add("unfinished", "Not every client came to its end.");
        }
        finally
        {
            foreach (var client in clients)
                await client.DisposeAsync();
        }

        await server.KillAsync();
        var sync = await SyncProbe.RunAsync(options.Server, Path.Combine(_folder, "sync"), _findings, cancel);
        Note(sync is null, "sync_before_acknowledgement (needs Debian's package strace)");
        StoredLog.MoveLogIntoFile(server.DatabasePath);
        var log = StoredLog.Read(server.DatabasePath);
        return Compare(log, names, witnesses, server, sync, Stopwatch.GetElapsedTime(started));
    }

    public ValueTask DisposeAsync()
    {
        _disk?.Dispose();
        if (options.KeepsFolder)
            Console.Error.WriteLine($"Journals and log are in {_folder}");
        else
            Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Note(bool isSkipped, string what)
    {
        if (isSkipped)
            _skipped.Add(what);
    }

    // Calm now: everybody finishes what they said, then sees all that was said.
    private static async Task<bool> ArriveAsync(ServerUnderTest server, ClientProcess[] clients, CancellationToken cancel)
    {
        await Console.Error.WriteLineAsync("calm: everybody finishes ...");
        await server.ReviveAsync(cancel);
        var drained = await Task.WhenAll(clients.Select(c => c.DrainAsync(cancel)));
        var last = StoredLog.Read(server.DatabasePath).LastNumbers.MinBy(c => c.Key).Value;
        var whole = await Task.WhenAll(clients.Select(c => c.SeeEverythingAsync(last, cancel)));
        return Array.TrueForAll(drained, d => d) && Array.TrueForAll(whole, w => w);
    }

    private Verdict Compare(StoredLog log, string[] names, Witness[] witnesses, ServerUnderTest server, SyncTrace? sync, TimeSpan time)
    {
        _findings.LookFor("unfinished", "server_crashes", "witness_violations", "unsynced_acknowledgements");
        var checker = new Checker(log, _findings);
        var changes = new ChangeChecker(log, _findings);
        var journals = names.ToDictionary(n => n, n => Journal.Read(Path.Combine(_folder, $"{n}.journal")).ToList());
        checker.Check(journals);
        changes.Check(journals);
        var mirrors = names.SelectMany(n => Directory.EnumerateFiles(Path.Combine(_folder, $"{n}.mirror"), "*", SearchOption.AllDirectories));
        changes.CheckWords(journals, [server.DatabasePath, .. mirrors]);
        foreach (var violation in witnesses.SelectMany(w => w.Violations))
            _findings.Add("witness_violations", violation);
        var general = log.LastNumbers.MinBy(c => c.Key).Key;
        foreach (var (number, told) in witnesses.SelectMany(w => w.Seen))
        {
            var isThere = log.Events.TryGetValue((general, number), out var kept) && told.IsSameAs(new SeenEvent(kept.Kind, kept.Author, kept.Words));
            if (!isThere)
                _findings.Add("different", $"a witness saw another message at number {number} than the one that is there");
        }

        for (var i = 0; i < server.CrashCount; i++)
            _findings.Add("server_crashes", "The server ended by itself.");
        return new Verdict(options, time, _counts, checker, changes, log, witnesses, sync, _findings, _skipped);
    }
}
