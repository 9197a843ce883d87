using System.CommandLine;
using HdrHistogram;
using Parley.Load.LogIns;
using Parley.Load.Rooms;
using Parley.Load.Running;
using Parley.Load.Wire;

namespace Parley.Load.Commands;

/// <summary><c>login</c>: logins by password and by token, and what they do to the people who are talking meanwhile.</summary>
internal static class LogInCommand
{
    private const double TalkPerSecond = 50;
    private const int TalkMembers = 20;

    public static Command Create()
    {
        var passwords = new Option<int>("--passwords") { Description = "Logins by password, all at once.", DefaultValueFactory = _ => 200 };
        var tokens = new Option<int>("--tokens") { Description = "Logins by token.", DefaultValueFactory = _ => 20_000 };
        var atOnce = new Option<int>("--at-once") { Description = "Logins by token that are on their way at a time.", DefaultValueFactory = _ => 32 };
        var target = new TargetOptions();
        var command = new Command("login", "Logins by password and by token a second, and how long messages take meanwhile.") { passwords, tokens, atOnce };
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            async (run, stop) =>
            {
                var room = new Room(run, Dialect.Level2);
                await room.FillAsync(TalkMembers, 1, stop);
                var talk = new RoomRun(run, room, 1, 80);
                var load = new LogInLoad(run);
                var quiet = await talk.StepAsync(TalkPerSecond, 5, stop);

                var token = "";
                var comers = options.GetValue(passwords);
                var (byPassword, underPasswords) = await TalkWhileAsync(
                    talk,
                    () => load.EnterAsync(comers, comers, async (c, i, s) => token = (await c.EnterAsync($"comer_{i}", s)).Token, stop),
                    stop);
                var (byToken, underTokens) = await TalkWhileAsync(
                    talk, () => load.EnterAsync(options.GetValue(tokens), options.GetValue(atOnce), (c, _, s) => c.ComeBackUnreadAsync(token, s), stop), stop);
                return new Figures("login").Add("tls", run.Tls)
                    .Add("passwords", comers).Add("passwords_per_s", comers / byPassword.Seconds).AddLatency("password", byPassword.Latencies)
                    .Add("tokens", options.GetValue(tokens)).Add("tokens_per_s", Math.Round(options.GetValue(tokens) / byToken.Seconds))
                    .AddLatency("token", byToken.Latencies)
                    .AddLatency("say_to_seen_quiet", quiet.SayToSeen).AddLatency("say_to_seen_under_passwords", underPasswords)
                    .AddLatency("say_to_seen_under_tokens", underTokens).Add("server_rss_mb", run.ServerUsage?.ResidentBytes / 1e6);
            },
            cancel));
        return command;
    }

    /// <summary>Keeps people talking, in steps of a second, until the logins are through.</summary>
    private static async Task<((double Seconds, LongHistogram Latencies) LogIns, LongHistogram SayToSeen)> TalkWhileAsync(
        RoomRun talk, Func<Task<(double Seconds, LongHistogram Latencies)>> logIn, CancellationToken cancel)
    {
        var sayToSeen = Latency.NewHistogram();
        var loggingIn = logIn();
        do
        {
            var step = await talk.StepAsync(TalkPerSecond, 1, cancel);
            if (step.Lost > 0)
                throw new IOException($"{step.Lost} messages were lost meanwhile.");
            sayToSeen.Add(step.SayToSeen);
        }
        while (!loggingIn.IsCompleted);
        return (await loggingIn, sayToSeen);
    }
}
