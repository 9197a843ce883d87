using System.CommandLine;
using System.Diagnostics;
using Parley.Load.Running;

namespace Parley.Load.Commands;

/// <summary><c>start</c>: how long a server takes from its process's start until it listens, and how much memory it has at rest.</summary>
internal static class StartCommand
{
    public static Command Create()
    {
        var program = new Option<string?>("--server") { Description = "The parley-server executable or .dll; without it, the one of this checkout is built." };
        var starts = new Option<int>("--starts") { Description = "How often; the first, which makes the data, is not counted.", DefaultValueFactory = _ => 10 };
        var settle = new Option<int>("--settle") { Description = "Seconds until its memory is read.", DefaultValueFactory = _ => 2 };
        var tls = new Option<bool>("--tls") { Description = "With TLS; the first start makes the certificate." };
        var command = new Command("start", "From a server's start until it listens, on data that is there, and its memory at rest.")
        {
            program, starts, settle, tls,
        };
        command.SetAction(async (options, cancel) =>
        {
            var server = options.GetValue(program) ?? await ServerProcess.BuildAsync(cancel);
            var data = Directory.CreateTempSubdirectory("parley-start-").FullName;
            try
            {
                List<double> milliseconds = [];
                List<double> megabytes = [];
                for (var i = 0; i <= options.GetValue(starts); i++)
                {
                    var (took, resident) = await StartAsync(server, data, options.GetValue(tls), options.GetValue(settle), cancel);
                    if (i == 0)
                        continue;
                    milliseconds.Add(took);
                    megabytes.Add(resident);
                }

                await Console.Out.WriteLineAsync(Describe(options.GetValue(tls), milliseconds, megabytes).ToJson());
                return 0;
            }
            finally
            {
                Directory.Delete(data, recursive: true);
            }
        });
        return command;
    }

    private static async Task<(double Milliseconds, double Megabytes)> StartAsync(string program, string data, bool tls, int settle, CancellationToken cancel)
    {
        var began = Stopwatch.GetTimestamp();
        await using var server = await ServerProcess.StartAsync(program, tls, ServerLimits.Kept, cancel, data);
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        await Task.Delay(TimeSpan.FromSeconds(settle), cancel);
        return (took, new ProcessUsage(server.ProcessId).ResidentBytes / 1e6);
    }

    private static Figures Describe(bool tls, List<double> milliseconds, List<double> megabytes) => new Figures("start")
        .Add("tls", tls).Add("starts", milliseconds.Count)
        .Add("listening_ms", Median(milliseconds)).Add("listening_min_ms", milliseconds.Min()).Add("listening_max_ms", milliseconds.Max())
        .Add("rss_mb", Median(megabytes)).Add("rss_max_mb", megabytes.Max());

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
