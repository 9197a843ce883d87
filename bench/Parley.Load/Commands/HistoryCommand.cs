using System.CommandLine;
using System.Diagnostics;
using HdrHistogram;
using Parley.Load.Running;
using Parley.Load.Stores;
using Parley.Load.Wire;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Commands;

/// <summary><c>history</c>: pages from random places of a long channel.</summary>
internal static class HistoryCommand
{
    private const int FillInFlight = 256;
    private const int Seed = 1;

    public static System.CommandLine.Command Create()
    {
        var events = new Option<int>("--events")
        {
            Description = "How long the channel is to be; it is filled up to that first.", DefaultValueFactory = _ => 1_000_000,
        };
        var pages = new Option<int>("--pages") { Description = "Pages to read, one after another.", DefaultValueFactory = _ => 5_000 };
        var limit = new Option<int>("--limit") { Description = "Events in a page.", DefaultValueFactory = _ => 50 };
        var target = new TargetOptions();
        var command = new System.CommandLine.Command("history", "Reads pages from random places of a long channel.") { events, pages, limit };
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            async (run, stop) =>
            {
                var store = new StoreRun(run, 80);
                await store.EnterAsync(1, stop);
                var missing = options.GetValue(events) - store.Before;
                if (missing > 0)
                    await store.WriteAsync(missing, FillInFlight, stop);
                var reader = await run.ConnectAsync(socket => new ParleyConnection(socket), stop);
                await reader.ComeBackAsync(store.Token, stop);
                var (latencies, tooShort) = await ReadAsync(
                    reader, store.Channel, options.GetValue(events), options.GetValue(pages), options.GetValue(limit), stop);
                return new Figures("history").Add("tls", run.Tls).Add("events", options.GetValue(events)).Add("pages", latencies.TotalCount)
                    .Add("limit", options.GetValue(limit)).AddLatency("page", latencies).Add("server_rss_mb", run.ServerUsage?.ResidentBytes / 1e6)
                    .AddFault("short_pages", tooShort);
            },
            cancel));
        return command;
    }

    private static async Task<(LongHistogram Latencies, int Short)> ReadAsync(
        ParleyConnection reader, ChannelId channel, int events, int pages, int limit, CancellationToken cancel)
    {
        var random = new Random(Seed);
        var latencies = Latency.NewHistogram();
        var tooShort = 0;
        for (var i = 0; i < pages; i++)
        {
            var after = random.Next(events - limit);
            var started = Stopwatch.GetTimestamp();
            var answer = await reader.AskAsync(new ReadHistory(channel, After: after, Limit: limit), ProtocolJson.Default.ReadHistory, cancel);
            latencies.RecordTicks(Stopwatch.GetTimestamp() - started);
            var page = System.Text.Json.JsonSerializer.Deserialize(answer, ProtocolJson.Default.HistoryPage);
            if (page?.Events is not { } found || found.Count != limit || found[0].Number != after + 1)
                tooShort++;
            if (i % 1_000 == 999)
                await Console.Error.WriteLineAsync($"{i + 1:N0} of {pages:N0} pages");
        }

        return (latencies, tooShort);
    }
}
