using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Running;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Stores;

/// <summary>A few writers, each with an account and a channel of its own, so that what is measured is storing and not fan-out.</summary>
internal sealed class StoreRun(Run run, int length)
{
    private readonly List<Writer> _writers = [];

    public ChannelId Channel { get; private set; }

    /// <summary>How many events the first writer's channel held when it entered.</summary>
    public long Before { get; private set; }

    public string Token { get; private set; } = "";

    public async Task EnterAsync(int writers, CancellationToken cancel)
    {
        var name = Guid.NewGuid().ToString("N")[..8];
        for (var i = 0; i < writers; i++)
        {
            var writer = await run.ConnectAsync(socket => new Writer(socket, $"{name}-{_writers.Count}"), cancel);
            var (token, ready) = await writer.EnterAsync($"writer_{i}", cancel);
            var channel = await FindOrMakeChannelAsync(writer, ready, $"store-{i}", cancel);
            writer.SpeakIn(channel, length);
            _writers.Add(writer);
            if (i > 0)
                continue;
            (Channel, Token) = (channel, token);
            Before = ready.Channels.FirstOrDefault(c => c.Id == channel)?.LastNumber ?? 0;
        }
    }

    /// <summary>Writes <paramref name="count"/> messages with so many in flight, shared among the writers.</summary>
    public async Task<(double Seconds, LongHistogram Latencies, long Refused)> WriteAsync(long count, int inFlight, CancellationToken cancel)
    {
        var active = _writers.Take(Math.Min(_writers.Count, inFlight)).ToList();
        var started = Stopwatch.GetTimestamp();
        foreach (var writer in active)
            writer.Begin(count / active.Count, inFlight / active.Count);
        await Progress.WaitAsync(() => active.TrueForAll(IsDone), () => Words(active, started), cancel);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, Latency.Sum(active.Select(w => w.Latencies)), active.Sum(w => w.Refused));
    }

    private static bool IsDone(Writer writer) => writer.EndReason is null ? writer.IsDone : throw new IOException($"A connection was lost: {writer.EndReason}");

    private static string Words(List<Writer> writers, long started)
    {
        var count = writers.Sum(w => w.Acknowledged);
        return $"{count:N0} acknowledged, {count / Math.Max(0.001, Stopwatch.GetElapsedTime(started).TotalSeconds):N0}/s";
    }

    private static async Task<ChannelId> FindOrMakeChannelAsync(Writer writer, Ready ready, string name, CancellationToken cancel)
    {
        if (ready.Channels.FirstOrDefault(c => c.Name == name) is { } there)
            return there.Id;
        var answer = await writer.AskAsync(new CreateChannel(name, ""), ProtocolJson.Default.CreateChannel, cancel);
        if (ParleyConnection.Refusal(answer) is { } refusal)
            throw new IOException($"The server makes no channel '{name}': {refusal.Message}");
        return System.Text.Json.JsonSerializer.Deserialize(answer, ProtocolJson.Default.Done)?.ChannelId ?? throw new IOException("A channel without an id.");
    }
}
