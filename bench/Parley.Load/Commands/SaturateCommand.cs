using System.CommandLine;
using Parley.Load.Rooms;
using Parley.Load.Running;

namespace Parley.Load.Commands;

/// <summary><c>saturate</c>: raises the rate until the 99th percentile of say-to-seen passes 250 ms or something is lost.</summary>
internal static class SaturateCommand
{
    private const double LimitMilliseconds = 250;
    private const double KeepsUp = 0.9; // a step that took this much longer than it should was not carried at its rate
    private const int Refinements = 3;

    public static Command Create()
    {
        var room = new RoomOptions(defaultMembers: 1000);
        var rate = new Option<double>("--rate") { Description = "Messages a second to begin with.", DefaultValueFactory = _ => 250 };
        var growth = new Option<double>("--growth") { Description = "By how much each step raises it.", DefaultValueFactory = _ => 1.5 };
        var seconds = new Option<double>("--seconds") { Description = "How long each step takes.", DefaultValueFactory = _ => 5 };
        var target = new TargetOptions();
        var command = new Command("saturate", "Raises the rate until p99 passes 250 ms or a message is lost, and gives the best step before that.")
        {
            rate, growth, seconds,
        };
        room.AddTo(command);
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            async (run, stop) =>
            {
                var (_, steps) = await room.FillAsync(options, run, stop);
                await steps.StepAsync(options.GetValue(rate), 2, stop); // the warm-up
                var search = new Search(steps, options.GetValue(seconds));
                var best = await search.RunAsync(options.GetValue(rate), options.GetValue(growth), stop);
                var figures = room.NewFigures("saturate", options, run).Add("stopped_by", search.Reason);
                return best is null ? figures.AddFault("no_step_carried", 1) : RoomCommand.Describe(figures, best);
            },
            cancel));
        return command;
    }

    /// <summary>Up by the growth until a step fails, then halving the distance a few times.</summary>
    private sealed class Search(RoomRun steps, double seconds)
    {
        private StepResult? _best;

        public string Reason { get; private set; } = "";

        public async Task<StepResult?> RunAsync(double rate, double growth, CancellationToken cancel)
        {
            while (await CarriesAsync(rate, cancel))
                rate *= growth;
            var (good, bad) = (_best?.AskedPerSecond ?? 0, rate);
            for (var i = 0; i < Refinements && _best is not null && Reason != "lost"; i++)
            {
                var middle = (good + bad) / 2;
                if (await CarriesAsync(middle, cancel))
                    good = middle;
                else
                    bad = middle;
            }

            return _best;
        }

        // A step that fails is tried once more: on a machine that does other things, too, one hiccup is no limit.
        private async Task<bool> CarriesAsync(double rate, CancellationToken cancel) =>
            await TryAsync(rate, cancel) || (Reason != "lost" && await TryAsync(rate, cancel));

        private async Task<bool> TryAsync(double rate, CancellationToken cancel)
        {
            var result = await steps.StepAsync(rate, seconds, cancel);
            var p99 = result.SayToSeen.Milliseconds(99);
            await Console.Error.WriteLineAsync($"{rate:N0} messages/s: {result.DeliveriesPerSecond:N0} deliveries/s, p99 {p99:N1} ms, {result.Lost} lost");
            if (result.Lost > 0 || result.Doubled > 0 || result.Refused > 0)
                Reason = "lost";
            else if (p99 > LimitMilliseconds)
                Reason = "p99";
            else if (result.SentPerSecond < KeepsUp * rate)
                Reason = "rate";
            else
            {
                if (_best is null || result.DeliveriesPerSecond > _best.DeliveriesPerSecond)
                    _best = result;
                return true;
            }

            return false;
        }
    }
}
