using System.CommandLine;

namespace Parley.Faults.Running;

/// <summary><c>run</c>: the machine.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var seed = new Option<int>("--seed") { Description = "Fixes what is thrown, and in which order.", DefaultValueFactory = _ => 1 };
        var kills = new Option<int>("--kills") { Description = "How often the server is killed. A full run has 100 or more.", DefaultValueFactory = _ => 100 };
        var clients = new Option<int>("--clients") { Description = "Client processes that talk.", DefaultValueFactory = _ => 5 };
        var witnesses = new Option<int>("--witnesses") { Description = "Raw connections that come and go and watch.", DefaultValueFactory = _ => 3 };
        var longStop = new Option<int>("--long-stop") { Description = "Seconds of the one long SIGSTOP.", DefaultValueFactory = _ => 30 };
        var timeout = new Option<int>("--timeout") { Description = "Seconds after which the run is given up.", DefaultValueFactory = _ => 1_800 };
        var server = new Option<string?>("--server") { Description = "The parley-server executable or .dll; without it the one of this checkout is built." };
        var keep = new Option<bool>("--keep") { Description = "Keep journals and log." };
        var command = new Command("run", "Breaks everything around a server and its clients, and says whether a word was lost.")
        {
            seed, kills, clients, witnesses, longStop, timeout, server, keep,
        };
        command.SetAction(async (options, cancel) =>
        {
            // A whole path: it is started in folders of its own.
            var program = options.GetValue(server) is { } given ? Path.GetFullPath(given) : await ServerBuild.BuildAsync(SourceTree.FindRoot(), cancel);
            return await RunAsync(new MachineOptions(
                program, options.GetValue(seed), options.GetValue(kills), options.GetValue(clients), options.GetValue(witnesses),
                TimeSpan.FromSeconds(options.GetValue(longStop)), TimeSpan.FromSeconds(options.GetValue(timeout)), options.GetValue(keep)), cancel);
        });
        return command;
    }

    /// <summary>Runs the machine and prints its verdict; 0 where every promise was kept.</summary>
    public static async Task<int> RunAsync(MachineOptions options, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(options.Limit);
        await using var machine = new Machine(options);
        try
        {
            var verdict = await machine.RunAsync(limit.Token);
            foreach (var words in verdict.Findings.Words)
                await Console.Error.WriteLineAsync(words);
            await Console.Out.WriteLineAsync(verdict.ToJson());
            return verdict.IsKept ? 0 : 1;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync($"Given up: nobody came to an end within {options.Limit.TotalSeconds:N0} s, or it was stopped.");
            await Console.Out.WriteLineAsync("""{"verdict":"unfinished"}""");
            return 1;
        }
    }
}
