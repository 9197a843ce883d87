using System.Diagnostics;
using Parley.Load.Running;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Rules;
using Parley.Protocol.Wire;

namespace Parley.Load.Replay;

/// <summary>Says a whole transcript to a server over one connection an author, and proves that nothing of it was lost, doubled or turned round.</summary>
internal sealed class ReplayRun(Run run, Ledger ledger, int window)
{
    private const string ChannelName = "replay";
    private const int LogInsAtOnce = 4; // the server hashes on cores less one; more only wait in its queue
    private readonly List<Speaker> _speakers = [];

    public async Task<Figures> PlayAsync(CancellationToken cancel)
    {
        var (channel, before) = await EnterAsync(cancel);
        var cpuBefore = run.ServerUsage?.CpuSeconds;
        var started = Stopwatch.GetTimestamp();
        foreach (var speaker in _speakers)
            speaker.Begin();
        await Progress.WaitAsync(IsEverythingSettled, () => Words(started), cancel);
        var acknowledgedIn = Stopwatch.GetElapsedTime(started);
        var last = before + _speakers.Sum(s => s.Acknowledged);
        await Progress.WaitAsync(() => _speakers.TrueForAll(s => Alive(s) && s.LastSeen >= last), () => Words(started), cancel);
        var seenIn = Stopwatch.GetElapsedTime(started);
        var cpu = run.ServerUsage?.CpuSeconds - cpuBefore;
        var memory = run.ServerUsage?.ResidentBytes;

        var history = new StoredHistory(ledger, channel, before);
        var progress = 0;
        await history.CompareAsync(_speakers[^1], n => Report(n, ref progress), cancel);
        return Describe(history, acknowledgedIn, seenIn, cpu, memory);
    }

    private async Task<(ChannelId Channel, long Before)> EnterAsync(CancellationToken cancel)
    {
        var names = ledger.Cast.Names;
        var first = await NewSpeakerAsync(cancel);
        var (_, ready) = await first.EnterAsync(names[0], cancel);
        var channel = await FindOrMakeChannelAsync(first, ready, cancel);
        _speakers.Add(first);
        var others = new Speaker[names.Count - 1];
        var done = 0;
        var limits = new ParallelOptions { MaxDegreeOfParallelism = LogInsAtOnce, CancellationToken = cancel };
        var entering = Parallel.ForAsync(0, others.Length, limits, async (i, stop) =>
        {
            others[i] = await NewSpeakerAsync(stop);
            await others[i].EnterAsync(names[i + 1], stop);
            Interlocked.Increment(ref done);
        });
        await Progress.WaitAsync(() => entering.IsCompleted, () => $"{done + 1} of {names.Count} have logged in", cancel);
        await entering;
        _speakers.AddRange(others);

        var before = ready.Channels.FirstOrDefault(c => c.Id == channel)?.LastNumber ?? 0;
        var lines = Enumerable.Range(0, ledger.Count).ToLookup(i => ledger.Speakers[i]);
        for (var i = 0; i < _speakers.Count; i++)
            _speakers[i].Assign(channel, before, lines[i]);
        return (channel, before);
    }

    private Task<Speaker> NewSpeakerAsync(CancellationToken cancel) =>
        run.ConnectAsync(socket => new Speaker(socket, ledger, run.Latencies, window), cancel);

    private static async Task<ChannelId> FindOrMakeChannelAsync(Speaker speaker, Ready ready, CancellationToken cancel)
    {
        if (ready.Channels.FirstOrDefault(c => c.Name == ChannelName) is { } there)
            return there.Id;
        Debug.Assert(ChannelNameRule.Check(ChannelName) is null, "The channel's name fits the rule.");
        var answer = await speaker.AskAsync(new CreateChannel(ChannelName, "A conversation, said again"), ProtocolJson.Default.CreateChannel, cancel);
        var done = ParleyConnection.Refusal(answer) is null ? System.Text.Json.JsonSerializer.Deserialize(answer, ProtocolJson.Default.Done) : null;
        return done?.ChannelId ?? throw new IOException($"The server makes no channel '{ChannelName}'.");
    }

    private bool IsEverythingSettled() => _speakers.TrueForAll(s => Alive(s) && s.IsDone);

    private static bool Alive(Speaker speaker) => speaker.EndReason is null ? true : throw new IOException($"A connection was lost: {speaker.EndReason}");

    private string Words(long started)
    {
        var acknowledged = _speakers.Sum(s => s.Acknowledged + s.Refused);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return $"{acknowledged:N0} of {ledger.Count:N0} settled, {acknowledged / Math.Max(seconds, 0.001):N0}/s, {_speakers.Sum(s => s.Seen):N0} seen";
    }

    private static void Report(int stored, ref int reported)
    {
        if (stored < reported + 20_000)
            return;
        reported = stored;
        Console.Error.WriteLine($"{stored:N0} read back");
    }

    private Figures Describe(StoredHistory history, TimeSpan acknowledgedIn, TimeSpan seenIn, double? cpu, long? memory)
    {
        var acknowledged = _speakers.Sum(s => s.Acknowledged);
        var seen = _speakers.Sum(s => s.Seen);
        return new Figures("replay")
            .Add("messages", ledger.Count).Add("connections", _speakers.Count).Add("window", window).Add("tls", run.Tls)
            .Add("sent", _speakers.Sum(s => s.Sent)).Add("acknowledged", acknowledged).Add("stored", history.Stored)
            .Add("refused_by_rule", _speakers.Sum(s => s.Refused)).Add("seen", seen)
            .Add("seconds", acknowledgedIn.TotalSeconds).Add("acknowledged_per_s", Math.Round(acknowledged / acknowledgedIn.TotalSeconds))
            .Add("seen_per_s", Math.Round(seen / seenIn.TotalSeconds))
            .AddLatency("say_to_seen", Latency.Sum(run.Latencies))
            .Add("server_cpu_seconds", cpu).Add("server_cpu_us_per_delivery", cpu * 1e6 / seen).Add("server_rss_mb", memory / 1e6)
            .AddFault("lost", history.Lost + _speakers.Sum(s => s.Missed))
            .AddFault("doubled", history.Doubled + _speakers.Sum(s => s.SeenTwice))
            .AddFault("out_of_order", history.OutOfOrder + _speakers.Sum(s => s.OutOfOrder))
            .AddFault("different", history.Different + _speakers.Sum(s => s.Wrong))
            .AddFault("gaps", history.Gaps)
            .AddFault("not_seen_by_all", ((long)acknowledged * _speakers.Count) - seen);
    }
}
