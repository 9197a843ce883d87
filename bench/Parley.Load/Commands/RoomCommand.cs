using System.CommandLine;
using Parley.Load.Rooms;
using Parley.Load.Running;

namespace Parley.Load.Commands;

/// <summary><c>room</c>: one steady load, with what it costs the server.</summary>
internal static class RoomCommand
{
    private const double WarmUpSeconds = 3;
    private const double WarmUpDeliveries = 500_000; // a second, at the most: enough for a just-in-time compiler to be done before the measuring

    public static Command Create()
    {
        var room = new RoomOptions(defaultMembers: 200);
        var rate = new Option<double>("--rate") { Description = "Messages a second, of all senders together.", DefaultValueFactory = _ => 80 };
        var seconds = new Option<double>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 10 };
        var target = new TargetOptions();
        var command = new Command("room", "Members in one room, senders at a steady rate: deliveries, say-to-seen, the server's CPU and memory.")
        {
            rate, seconds,
        };
        room.AddTo(command);
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            async (run, stop) =>
            {
                var (_, steps) = await room.FillAsync(options, run, stop);
                await Console.Error.WriteLineAsync("warming up ...");
                var often = Math.Max(options.GetValue(rate), Math.Min(10 * options.GetValue(rate), WarmUpDeliveries / options.GetValue(room.Members)));
                await steps.StepAsync(often, WarmUpSeconds, stop);
                await steps.StepAsync(options.GetValue(rate), WarmUpSeconds, stop);
                await Console.Error.WriteLineAsync("measuring ...");
                var result = await steps.StepAsync(options.GetValue(rate), options.GetValue(seconds), stop);
                return Describe(room.NewFigures("room", options, run), result);
            },
            cancel));
        return command;
    }

    public static Figures Describe(Figures figures, StepResult result) => figures
        .Add("messages_per_s", result.SentPerSecond).Add("seconds", result.Seconds).Add("sent", result.Sent).Add("deliveries", result.Deliveries)
        .Add("deliveries_per_s", Math.Round(result.DeliveriesPerSecond)).AddLatency("say_to_seen", result.SayToSeen)
        .Add("server_cpu_seconds", result.CpuSeconds).Add("server_cpu_us_per_delivery", result.CpuSeconds * 1e6 / Math.Max(1, result.Deliveries))
        .Add("load_cpu_seconds", result.LoadCpuSeconds).Add("server_rss_mb", result.ResidentBytes / 1e6)
        .AddFault("lost", result.Lost).AddFault("doubled", result.Doubled).AddFault("refused", result.Refused);
}
