// Measures the desktop in a real window: WebKitGTK on a virtual screen, against a real server. A table at the end, and one JSON line after it.
using Parley.WindowBench;

if (Options.Parse(args) is not { } options)
{
    Console.Error.WriteLine(Options.Usage);
    return 1;
}

var runs = new List<Figures>();
for (var i = 1; i <= options.Runs; i++)
{
    Console.WriteLine($"Run {i} of {options.Runs}");
    runs.Add(await BenchRun.MeasureAsync(options));
}

Figures.PrintTable(runs);
Console.WriteLine(Figures.ToJson(options, runs));
return 0;
