using System.CommandLine;
using System.Globalization;

namespace Parley.Faults.Clients;

/// <summary><c>client</c>: what the machine starts; not for people.</summary>
internal static class ClientCommand
{
    private const string Everything = "everything ";

    public static Command Create()
    {
        var folder = new Option<string>("--folder") { Required = true };
        var name = new Option<string>("--name") { Required = true };
        var others = new Option<string[]>("--other");
        var port = new Option<int>("--port") { Required = true };
        var seed = new Option<int>("--seed") { Required = true };
        var command = new Command("client", "One client of the machine, in a process of its own.") { folder, name, others, port, seed };
        command.Hidden = true;
        command.SetAction(async (options, cancel) =>
        {
            await using var client = new FaultClient(
                options.GetRequiredValue(folder), options.GetRequiredValue(name), options.GetValue(others) ?? [], options.GetValue(port), options.GetValue(seed));
            var stop = new TaskCompletionSource();
            var everything = new TaskCompletionSource<long>();
            using var orphaned = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            _ = Task.Run(() => ListenAsync(stop, everything, orphaned), CancellationToken.None); // the console's reads block, whatever their name
            await client.LiveAsync(stop.Task, everything.Task, () => Console.Out.WriteLine("drained"), orphaned.Token);
            return 0;
        });
        return command;
    }

    private static async Task ListenAsync(TaskCompletionSource stop, TaskCompletionSource<long> everything, CancellationTokenSource orphaned)
    {
        while (await Console.In.ReadLineAsync() is { } word)
        {
            if (word == "stop")
                stop.TrySetResult();
            else if (word.StartsWith(Everything, StringComparison.Ordinal))
                everything.TrySetResult(long.Parse(word.AsSpan(Everything.Length), CultureInfo.InvariantCulture));
        }

        await orphaned.CancelAsync(); // whoever started it is gone
    }
}
