using System.CommandLine;
using System.Net.Sockets;
using Parley.Load.Attacks;
using Parley.Load.Running;

namespace Parley.Load.Commands;

/// <summary><c>flood</c>: what those who mean harm do to the people who are talking. Each step has a server of its own, which keeps its limits.</summary>
internal static class FloodCommand
{
    public static Command Create()
    {
        var names = new Argument<string[]>("ATTACK")
        {
            Description = $"Which (all, one after the other, where none is named): {string.Join(", ", AttackList.Names)}.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var program = new Option<string?>("--server") { Description = "The parley-server executable or .dll; without it, the one of this checkout is built." };
        var start = new Option<bool>("--start-server") { Description = "What it does anyway." };
        var tls = new Option<bool>("--tls") { Description = "Speak TLS." };
        var seconds = new Option<double?>("--seconds") { Description = "How long each attack lasts; without it, each as long as it needs to show." };
        var size = new Option<double>("--size") { Description = "What part of its full size an attack has, above 0 to 1.", DefaultValueFactory = _ => 1 };
        var data = new Option<string?>("--data") { Description = "A folder in which written data are kept for the next run." };
        var timeout = new Option<int>("--timeout") { Description = "Seconds after which a step is given up.", DefaultValueFactory = _ => 300 };
        var command = new Command(
            "flood", "What those who talk and those who log in feel of each attack, the server's memory, what the attackers were told: a JSON line each.")
        {
            names, program, start, tls, seconds, size, data, timeout,
        };
        size.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (> 0 and <= 1))
                result.AddError("--size takes a number above 0, and at most 1.");
        });
        command.SetAction(async (parsed, cancel) =>
        {
            var options = new FloodOptions
            {
                Program = parsed.GetValue(program) ?? await ServerProcess.BuildAsync(cancel),
                Tls = parsed.GetValue(tls),
                Seconds = parsed.GetValue(seconds),
                Size = new AttackSize(parsed.GetValue(size)),
                Kept = parsed.GetValue(data),
            };
            return await RunAsync(options, parsed.GetValue(names) ?? [], TimeSpan.FromSeconds(parsed.GetValue(timeout)), cancel);
        });
        return command;
    }

    private static async Task<int> RunAsync(FloodOptions options, string[] names, TimeSpan timeout, CancellationToken cancel)
    {
        // What attacks keeps to as many threads as there are cores: it shares them with what it attacks, and thirty threads that wake at once would hold up the
        // server and those who measure by themselves.
        ThreadPool.SetMinThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        ThreadPool.SetMaxThreads(Environment.ProcessorCount, Environment.ProcessorCount);
        var isGood = true;
        foreach (var name in names.Length > 0 ? names : AttackList.Names.Where(n => options.Tls || n != "handshakes"))
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(timeout);
            try
            {
                var attack = AttackList.Make(name);
                await Console.Error.WriteLineAsync($"{attack.Name}: {attack.About} ...");
                var busy = TargetOptions.LoadAverage();
                var figures = (await new FloodRun(options).RunAsync(attack, limit.Token)).Add("machine_load_before", busy);
                await Console.Out.WriteLineAsync(figures.ToJson());
                isGood &= figures.IsGood;
            }
            catch (OperationCanceledException) when (limit.IsCancellationRequested)
            {
                await Console.Error.WriteLineAsync(
                    cancel.IsCancellationRequested ? "Stopped." : $"{name}: given up after {timeout.TotalSeconds} s (--timeout).");
                isGood = false;
                if (cancel.IsCancellationRequested)
                    break;
            }
            catch (Exception e)
                when (e is IOException or ArgumentException or InvalidOperationException or InvalidDataException or SocketException or TimeoutException)
            {
                await Console.Error.WriteLineAsync($"{name}: {e.Message}");
                isGood = false;
            }
        }

        return isGood ? 0 : 1;
    }
}
