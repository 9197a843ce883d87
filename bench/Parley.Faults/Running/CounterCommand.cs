using System.CommandLine;

namespace Parley.Faults.Running;

/// <summary><c>counter</c>: shows that the machine can fail.</summary>
internal static class CounterCommand
{
    public static Command Create()
    {
        var only = new Option<string?>("--only") { Description = "Only the counter-run of this name." };
        var seed = new Option<int>("--seed") { Description = "As for run.", DefaultValueFactory = _ => 1 };
        var kills = new Option<int>("--kills") { Description = "How often the server is killed in each.", DefaultValueFactory = _ => 15 };
        var command = new Command("counter", "Runs the machine on servers that break one promise each, and succeeds where it notices every one.")
        {
            only, seed, kills,
        };
        command.SetAction(async (options, cancel) =>
        {
            var missed = 0;
            foreach (var counter in CounterRun.All.Where(c => options.GetValue(only) is not { } name || c.Name == name))
                missed += await IsNoticedAsync(counter, options.GetValue(seed), options.GetValue(kills), cancel) ? 0 : 1;
            return missed;
        });
        return command;
    }

    private static async Task<bool> IsNoticedAsync(CounterRun counter, int seed, int kills, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("parley-counter-").FullName;
        try
        {
            await Console.Error.WriteLineAsync($"== {counter.Name}");
            var server = await counter.BuildAsync(SourceTree.FindRoot(), folder, cancel);
            await using var machine = new Machine(
                new MachineOptions(server, seed, kills, 5, 6, TimeSpan.FromSeconds(3), TimeSpan.FromMinutes(15), KeepsFolder: false));
            var verdict = await machine.RunAsync(cancel);
            foreach (var words in verdict.Findings.Words.Take(5))
                await Console.Error.WriteLineAsync(words);
            await Console.Out.WriteLineAsync(verdict.ToJson());
            var isNoticed = counter.Kinds.Any(k => verdict.Findings.Counts.GetValueOrDefault(k) > 0);
            await Console.Error.WriteLineAsync(isNoticed ? $"{counter.Name}: noticed" : $"{counter.Name}: NOT NOTICED");
            return isNoticed;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
