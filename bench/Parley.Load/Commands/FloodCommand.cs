using System.CommandLine;
using Parley.Load.Floods;
using Parley.Load.Rooms;
using Parley.Load.Running;

namespace Parley.Load.Commands;

/// <summary><c>flood</c>: what one who means harm does to the people who are talking. The server keeps its limits.</summary>
internal static class FloodCommand
{
    private const double TalkPerSecond = 20; // Below the limit of five a second for each of the senders.
    private const int TalkMembers = 100;
    private const int TalkSenders = 8;
    private const int FramesPerSecond = 100_000;
    private const int Connections = 150;

    public static Command Create()
    {
        var seconds = new Option<double>("--seconds") { Description = "How long each attack lasts.", DefaultValueFactory = _ => 15 };
        var target = new TargetOptions(ServerLimits.Kept);
        var command = new Command("flood", "Say-to-seen of a talking room, in quiet and under each attack: frames, silent connections, slow ones, hanging TLS handshakes.") { seconds };
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            async (run, stop) =>
            {
                var room = new Room(run, Dialect.Level2);
                await room.FillAsync(TalkMembers, TalkSenders, stop);
                var talk = new RoomRun(run, room, TalkSenders, 80);
                var figures = new Figures("flood").Add("tls", run.Tls).Add("members", TalkMembers).Add("messages_per_s", TalkPerSecond).Add("seconds", options.GetValue(seconds));
                await StepAsync(figures, "quiet", talk, options.GetValue(seconds), stop);
                foreach (var (attack, start) in Attacks(run, room.Token))
                {
                    using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
                    await Console.Error.WriteLineAsync($"{attack.Name} ...");
                    var attacking = start(ending.Token);
                    await StepAsync(figures, attack.Name, talk, options.GetValue(seconds), stop);
                    await ending.CancelAsync();
                    await attacking;
                    figures.Add($"{attack.Name}_sent", attack.Sent);
                }

                return figures.Add("server_rss_mb", run.ServerUsage?.ResidentBytes / 1e6);
            },
            cancel));
        return command;
    }

    private static IEnumerable<(Attack Attack, Func<CancellationToken, Task> Start)> Attacks(Run run, string token)
    {
        var slow = new Attack("slow", run, "127.0.0.3");
        var silent = new Attack("silent", run, "127.0.0.4");
        yield return (silent, stop => silent.SilentAsync(Connections, stop));
        yield return (slow, stop => slow.SlowlyAsync(Connections, stop));
        if (run.Tls)
        {
            var handshakes = new Attack("handshakes", run, "127.0.0.5");
            yield return (handshakes, stop => handshakes.HandshakesAsync(Connections, stop));
            yield break; // The flood of frames speaks plain TCP.
        }

        var frames = new Attack("frames", run, "127.0.0.2");
        yield return (frames, stop => frames.FramesAsync(token, FramesPerSecond, stop));
    }

    private static async Task StepAsync(Figures figures, string name, RoomRun talk, double seconds, CancellationToken stop)
    {
        var step = await talk.StepAsync(TalkPerSecond, seconds, stop);
        figures.AddLatency($"{name}_say_to_seen", step.SayToSeen).AddFault($"{name}_lost", step.Lost).AddFault($"{name}_refused", step.Refused);
    }
}
