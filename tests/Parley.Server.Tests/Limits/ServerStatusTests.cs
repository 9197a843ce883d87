using System.Diagnostics.Metrics;
using System.Text.Json;
using Parley.Server.Measuring;

namespace Parley.Server.Tests.Limits;

/// <summary>What a running server tells of itself.</summary>
public sealed class ServerStatusTests
{
    [Fact]
    public async Task Status_tells_what_a_running_server_has_to_do()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls", "--bcrypt-cost", "10", "--user-budget", "10");
        await using var stranger = await RawPeer.ConnectAsync(server);
        await stranger.DrainAsync();
        var (peer, _) = await server.ConnectLevel2Async("alice");
        await using var owned = peer;
        await peer.SayAsync(1, "counted");
        while ((await peer.AskAsync("user_list", ("channel", "general"))).Type() != "error")
        {
            // Until the budget is used up.
        }

        var asJson = await ServerProcess.RunAsync(server.Folder, "status", "--json", "--db", Path.Combine(server.Folder, "chat_data.db"));
        var asText = await ServerProcess.RunAsync(server.Folder, "status", "--db", Path.Combine(server.Folder, "chat_data.db"));

        var status = JsonDocument.Parse(Assert.Single(asJson.OutputLines)).RootElement;
        Assert.Equal((1, 1, 1), (status.Number("unauthenticated"), status.Number("members"), status.Number("arrivals")));
        Assert.True(status.Number("hashes_done") >= 1, status.ToString());
        Assert.True(status.Number("writes_done") >= 2, status.ToString());
        Assert.True(status.Number("costs_refused") >= 1, status.ToString());
        Assert.Equal(["write", "fan-out", "hash"], status.Items("queues").Select(q => q.Text("name")));
        Assert.InRange(status.Number("resident_bytes"), 1_000_000, 1_000_000_000);
        Assert.Contains(asText.OutputLines, line => line.Contains("1 logged in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_server_that_does_not_run_it_says_so()
    {
        await using var server = await ServerProcess.StartAsync("--no-tls");
        await server.TerminateAsync();

        var finished = await ServerProcess.RunAsync(server.Folder, "status", "--db", Path.Combine(server.Folder, "chat_data.db"));

        Assert.Equal(1, finished.ExitCode);
        Assert.Equal("The server is not running.", Assert.Single(finished.ErrorLines));
    }

    [Fact]
    public async Task Whoever_collects_meters_gets_them()
    {
        await using var server = await LocalServer.StartAsync();
        var (peer, _) = await server.EnterLevel2Async(1);
        await using var owned = peer;
        var heard = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, l) =>
            {
                if (instrument.Meter.Name == ServerMeters.Name)
                    l.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((i, _, _, _) => heard.Add(i.Name));
        listener.SetMeasurementEventCallback<long>((i, _, _, _) => heard.Add(i.Name));
        listener.SetMeasurementEventCallback<double>((i, _, _, _) => heard.Add(i.Name));
        listener.Start();

        listener.RecordObservableInstruments();

        Assert.Superset(new HashSet<string>(["parley.queue.depth", "parley.queue.oldest", "parley.connections", "parley.arrivals", "parley.costs.refused", "parley.hashes", "parley.waiting"]), heard);
    }
}
