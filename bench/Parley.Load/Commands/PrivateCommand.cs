using System.CommandLine;
using System.Text.Json;
using Parley.Load.Rooms;
using Parley.Load.Running;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Load.Commands;

/// <summary>
/// <c>private</c>: what a message costs in a channel that half of those who are connected may see, beside a public one for as many; and one to all of them,
/// with and without the private channel. All of it on one server, in turn where it can be.
/// </summary>
internal static class PrivateCommand
{
    private const string Channel = "board";
    private const int Rounds = 3;
    private const double WarmUpSeconds = 1;
    private const long MostSaid = 1_000_000; // Of one measuring: what is said must differ from what was said before.

    public static System.CommandLine.Command Create()
    {
        var members = new Option<int>("--members")
        {
            Description = "Connections that may see the channel, and as many that may not.", DefaultValueFactory = _ => 1_000,
        };
        var accounts = new Option<int>("--accounts") { Description = "Accounts that each half shares.", DefaultValueFactory = _ => 8 };
        var rate = new Option<double>("--rate") { Description = "Messages a second, of all senders together.", DefaultValueFactory = _ => 80 };
        var seconds = new Option<double>("--seconds") { Description = "How long, each time.", DefaultValueFactory = _ => 3 };
        var target = new TargetOptions();
        var command = new System.CommandLine.Command(
            "private", "A private channel for half of those who are connected: CPU a delivery beside a public one for as many.")
        {
            members, accounts, rate, seconds,
        };
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            (run, stop) => MeasureAsync(
                run, options.GetValue(members), options.GetValue(accounts), options.GetValue(rate), options.GetValue(seconds), stop),
            cancel));
        return command;
    }

    private static async Task<Figures> MeasureAsync(Run run, int members, int accounts, double rate, double seconds, CancellationToken cancel)
    {
        long phase = 0;
        var (aPublicOne, aPrivateOne, all, allBeside) = (new Phase("public"), new Phase("private"), new Phase("all"), new Phase("all_beside_private"));
        var inside = new Room(run, Dialect.Level2, "in");
        await inside.FillAsync(members, accounts, cancel);
        var channel = await CreateAsync(inside, cancel);
        inside.SpeakIn(channel);
        for (var i = 0; i < Rounds; i++)
            await StepAsync(aPublicOne, inside);

        var outside = new Room(run, Dialect.Level2, "out");
        await outside.FillAsync(members, accounts, cancel);
        var everybody = inside.With(outside);
        foreach (var name in inside.Accounts)
            await run.OperateAsync(["channels", "admit", Channel, name], cancel);
        for (var i = 0; i < Rounds; i++) // In turn: what else the machine does must not be taken for a difference.
        {
            inside.SpeakInGeneral();
            await StepAsync(all, everybody);
            await run.OperateAsync(["channels", "private", Channel], cancel);
            await StepAsync(allBeside, everybody);
            inside.SpeakIn(channel);
            await StepAsync(aPrivateOne, inside, outside);
            await run.OperateAsync(["channels", "public", Channel], cancel);
        }

        var figures = new Figures("private").Add("tls", run.Tls).Add("members", members)
            .Add("private_beside_public", aPrivateOne.CpuPerDelivery / aPublicOne.CpuPerDelivery)
            .Add("all_beside_all_before", allBeside.CpuPerDelivery / all.CpuPerDelivery);
        foreach (var one in new[] { aPublicOne, aPrivateOne, all, allBeside })
            one.AddTo(figures);
        return figures;

        async Task StepAsync(Phase measured, Room room, Room? others = null)
        {
            await Console.Error.WriteLineAsync($"measuring {measured.Name} ...");
            var steps = new RoomRun(run, room, senders: 8, length: 80) { Others = others, FirstSequence = phase++ * MostSaid };
            await steps.StepAsync(rate * 3, WarmUpSeconds, cancel);
            measured.Results.Add(await steps.StepAsync(rate, seconds, cancel));
        }
    }

    private static async Task<ChannelId> CreateAsync(Room room, CancellationToken cancel)
    {
        var answer = await ((ParleyMember)room.Members[0]).AskAsync(new CreateChannel(Channel, "For half of them"), ProtocolJson.Default.CreateChannel, cancel);
        return JsonSerializer.Deserialize(answer, ProtocolJson.Default.Done)?.ChannelId ?? throw new IOException("The channel was not made.");
    }

    /// <summary>What is measured several times.</summary>
    private sealed class Phase(string name)
    {
        public string Name => name;

        public List<StepResult> Results { get; } = [];

        public double CpuPerDelivery => (Results.Sum(r => r.CpuSeconds) ?? 0) * 1e6 / Math.Max(1, Results.Sum(r => r.Deliveries));

        public void AddTo(Figures figures) => figures
            .Add($"{name}_deliveries", Results.Sum(r => r.Deliveries)).Add($"{name}_server_cpu_us_per_delivery", CpuPerDelivery)
            .Add($"{name}_say_to_seen_p99_ms", Results.Max(r => r.SayToSeen.Milliseconds(99)))
            .AddFault($"{name}_lost", Results.Sum(r => r.Lost)).AddFault($"{name}_doubled", Results.Sum(r => r.Doubled))
            .AddFault($"{name}_refused", Results.Sum(r => r.Refused)).AddFault($"{name}_leaked", Results.Sum(r => r.Leaked));
    }
}
