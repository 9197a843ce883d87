using System.CommandLine;
using Parley.Load.Running;
using Parley.Load.Stores;

namespace Parley.Load.Commands;

/// <summary><c>store</c>: how many messages are stored, synced and acknowledged in a second, and how long one takes that comes alone.</summary>
internal static class StoreCommand
{
    private const int WarmUpMessages = 5_000;

    public static Command Create()
    {
        var messages = new Option<int>("--messages") { Description = "Messages with many in flight.", DefaultValueFactory = _ => 200_000 };
        var alone = new Option<int>("--alone") { Description = "Messages that come one at a time.", DefaultValueFactory = _ => 5_000 };
        var inFlight = new Option<int>("--in-flight") { Description = "Unacknowledged messages, of all writers together.", DefaultValueFactory = _ => 64 };
        var writers = new Option<int>("--writers") { Description = "Connections that write, each in a channel of its own.", DefaultValueFactory = _ => 1 };
        var length = new Option<int>("--length") { Description = "Characters of a message.", DefaultValueFactory = _ => 80 };
        var target = new TargetOptions();
        var command = new Command("store", "Acknowledged messages a second with many in flight, and the time of one that comes alone.")
        {
            messages, alone, inFlight, writers, length,
        };
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            async (run, stop) =>
            {
                var store = new StoreRun(run, options.GetValue(length));
                await store.EnterAsync(options.GetValue(writers), stop);
                await store.WriteAsync(WarmUpMessages, options.GetValue(inFlight), stop);
                var one = await store.WriteAsync(options.GetValue(alone), 1, stop);
                var cpuBefore = run.ServerUsage?.CpuSeconds;
                var many = await store.WriteAsync(options.GetValue(messages), options.GetValue(inFlight), stop);
                var cpu = run.ServerUsage?.CpuSeconds - cpuBefore;
                return new Figures("store").Add("tls", run.Tls).Add("writers", options.GetValue(writers)).Add("in_flight", options.GetValue(inFlight))
                    .Add("messages", many.Latencies.TotalCount).Add("seconds", many.Seconds)
                    .Add("acknowledged_per_s", Math.Round(many.Latencies.TotalCount / many.Seconds)).AddLatency("acknowledged", many.Latencies)
                    .Add("server_cpu_us_per_message", cpu * 1e6 / many.Latencies.TotalCount)
                    .Add("alone_per_s", Math.Round(one.Latencies.TotalCount / one.Seconds)).AddLatency("alone", one.Latencies)
                    .Add("server_rss_mb", run.ServerUsage?.ResidentBytes / 1e6).AddFault("refused", one.Refused + many.Refused);
            },
            cancel));
        return command;
    }
}
