using System.CommandLine;
using Parley.Load.Rooms;
using Parley.Load.Running;

namespace Parley.Load.Commands;

/// <summary><c>idle</c>: what a logged-in connection costs that says nothing.</summary>
internal static class IdleCommand
{
    public static Command Create()
    {
        var from = new Option<int>("--from") { Description = "Connections at the first reading.", DefaultValueFactory = _ => 1_000 };
        var to = new Option<int>("--to") { Description = "Connections at the second.", DefaultValueFactory = _ => 10_000 };
        var settle = new Option<int>("--settle") { Description = "Seconds before each reading.", DefaultValueFactory = _ => 30 };
        var accounts = new Option<int>("--accounts") { Description = "Accounts that the connections share.", DefaultValueFactory = _ => 20 };
        var target = new TargetOptions();
        var command = new Command("idle", "The server's memory for a connection that is logged in and idle (level 2).") { from, to, settle, accounts };
        target.AddTo(command);
        command.SetAction((options, cancel) => target.RunAsync(
            options,
            async (run, stop) =>
            {
                var usage = run.ServerUsage ?? throw new ArgumentException("Say --start-server or --server-pid: the memory of which process?");
                var room = new Room(run, Dialect.Level2);
                var empty = usage.ResidentBytes;
                var few = await ReadAsync(room, options.GetValue(from), options.GetValue(accounts), options.GetValue(settle), usage, stop);
                var many = await ReadAsync(
                    room, options.GetValue(to) - options.GetValue(from), options.GetValue(accounts), options.GetValue(settle), usage, stop);
                var added = options.GetValue(to) - options.GetValue(from);
                return new Figures("idle").Add("tls", run.Tls).Add("from", options.GetValue(from)).Add("to", options.GetValue(to))
                    .Add("settled_s", options.GetValue(settle))
                    .Add("rss_empty_mb", empty / 1e6).Add("rss_from_mb", few / 1e6).Add("rss_to_mb", many / 1e6)
                    .Add("kb_per_connection", (many - few) / 1024.0 / added).AddFault("lost", room.Members.Count(m => m.EndReason is not null));
            },
            cancel));
        return command;
    }

    private static async Task<long> ReadAsync(Room room, int more, int accounts, int settle, ProcessUsage usage, CancellationToken cancel)
    {
        await room.FillAsync(more, accounts, cancel);
        await Console.Error.WriteLineAsync($"{room.Members.Count:N0} connections; settling for {settle} s ...");
        await Task.Delay(TimeSpan.FromSeconds(settle), cancel);
        return usage.ResidentBytes;
    }
}
