using System.Diagnostics;
using Parley.Load.Attacks.Data;
using Parley.Load.Attacks.Others;
using Parley.Load.Running;

namespace Parley.Load.Attacks;

/// <summary>What all steps of a flood have in common.</summary>
internal sealed record FloodOptions
{
    /// <summary>The parley-server executable or .dll.</summary>
    public required string Program { get; init; }

    public bool Tls { get; init; }

    public AttackSize Size { get; init; } = AttackSize.Full;

    /// <summary>How long the attack lasts; null leaves it to the attack.</summary>
    public double? Seconds { get; init; }

    public double QuietSeconds { get; init; } = 3;

    /// <summary>Where written data are kept for the next run; null keeps none.</summary>
    public string? Kept { get; init; }

    /// <summary>For a run that only shows that it runs.</summary>
    public bool HasCheapPasswords { get; init; }

    /// <summary>The server is ended when it has more.</summary>
    public long MostBytes { get; init; } = 6_000_000_000;
}

/// <summary>
/// One step: a server of its own with its default limits, a hundred people who talk, others who log in, and the attack; see docs/performance.md.
/// </summary>
internal sealed class FloodRun(FloodOptions options)
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(10);

    public async Task<Figures> RunAsync(Attack attack, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("parley-flood-").FullName;
        try
        {
            StoredData.Put(attack.Data(options.Size) with { HasCheapPasswords = options.HasCheapPasswords }, Path.Combine(folder, "load.db"), options.Kept);
            // The first start brings the file to the server's version; that is no part of what is measured.
            await using (var first = await StartAsync(folder, cancel))
                await first.StopAsync(cancel);
            var began = Stopwatch.GetTimestamp();
            await using var server = await StartAsync(folder, cancel);
            var figures = new Figures("flood").Add("attack", attack.Name).Add("tls", options.Tls).Add("size", options.Size.Factor)
                .Add("start_ms", Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await MeasureAsync(attack, server, figures, cancel);
            return figures;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private Task<ServerProcess> StartAsync(string folder, CancellationToken cancel) =>
        ServerProcess.StartAsync(options.Program, options.Tls, ServerLimits.Kept, cancel, folder);

    private async Task MeasureAsync(Attack attack, ServerProcess server, Figures figures, CancellationToken cancel)
    {
        // A receiving thread each: what comes for the attackers must not make the others' messages look late.
        using var others = NewRun(server, null);
        using var logIns = NewRun(server, null);
        using var attackers = NewRun(server, server.ProcessId);
        var talk = new Talk(others);
        await talk.FillAsync(options.Size.Of(Account.Talkers, least: 5), cancel);
        var probes = Probes(logIns);
        foreach (var probe in probes)
            await probe.ComeInAsync(cancel);
        var run = new AttackRun(attackers, options.Size);
        var guard = new MemoryGuard(server, options.MostBytes);
        using var watched = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watching = guard.WatchAsync(watched.Token);
        await attack.PrepareAsync(run, cancel);
        var quiet = await talk.TalkAsync(options.QuietSeconds, cancel);

        var seconds = options.Seconds ?? attack.Seconds;
        guard.Begin();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var working = probes.Select(p => p.RunAsync(ending.Token)).Append(attack.RunAsync(run, ending.Token)).ToList();
        var talked = await talk.TalkAsync(seconds, cancel);
        await ending.CancelAsync();
        await Task.WhenAll(working).WaitAsync(EndPatience, cancel);
        var looked = guard.Struck || await LookAfterAsync(attack, run, cancel);
        await watched.CancelAsync();
        await watching;

        figures.Add("members", talk.Members).Add("seconds", seconds).Add("sent", talked.Step.Sent);
        figures.AddLatency("quiet_say_to_seen", quiet.Step.SayToSeen);
        talked.AddTo(figures);
        foreach (var probe in probes)
            probe.AddTo(figures);
        figures.Add("rss_before_mb", guard.BeforeMegabytes).Add("rss_peak_mb", guard.PeakMegabytes).AddFault("ended_for_its_memory", guard.Struck ? 1 : 0);
        var attacked = new Figures();
        run.Tally.AddTo(attacked);
        attack.Describe(attacked.Add("looked_after", looked));
        figures.AddAll("attack", attacked);
    }

    // A server that does not answer any more is a finding, too.
    private static async Task<bool> LookAfterAsync(Attack attack, AttackRun run, CancellationToken cancel)
    {
        try
        {
            await attack.AfterAsync(run, cancel).WaitAsync(EndPatience, cancel);
            return true;
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or TimeoutException)
        {
            return false;
        }
    }

    private Run NewRun(ServerProcess server, int? processId) => new(server.EndPoint, options.Tls, threads: 1, processId);

    private static LogInProbe[] Probes(Run run) =>
    [
        new(run, "login_known", Account.Known, byPassword: true, _ => Loopback.LogIn(0), TimeSpan.Zero),
        new(run, "login_new", Account.Newcomer, byPassword: true, n => Loopback.LogIn(10 + n), TimeSpan.FromSeconds(1.2)),
        new(run, "login_token", Account.Returning, byPassword: false, _ => Loopback.LogIn(1), TimeSpan.Zero),
    ];
}
