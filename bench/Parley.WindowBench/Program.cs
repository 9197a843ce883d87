// Measures the desktop in a real window: WebKitGTK on a virtual screen, against a real server. One JSON line at the end, and a table before it.
//     parley-window-bench [--program PATH] [--conversation FILE] [--messages N] [--switches N] [--idle SECONDS]
using System.Globalization;
using System.Text.Json;
using Parley.Client.Connection;
using Parley.Testing;
using Parley.WindowBench;

var options = args.Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
var program = Path.GetFullPath(options.GetValueOrDefault("--program", Repository.BuiltAssembly("Parley.Desktop", "parley.dll")));
var messages = Number("--messages", 20_000);
var switches = Number("--switches", 200);
var idleSeconds = Number("--idle", 60);
var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];

await using var server = await ServerProcess.StartAsync("--no-tls", "--no-limits");
var address = new ServerAddress(server.Host, server.Port, UseTls: false);
await using var talker = await Talker.ComeAsync(address, "talker");
await talker.MakeChannelsAsync(9);
var texts = ConversationFile.Texts(options.GetValueOrDefault("--conversation"));
await talker.SayAsync(texts.Take(1_000));
using var data = new TempFolder();
await using var window = await Window.PrepareAsync(program, data.Path, address, await Talker.AccountAsync(address, "reader"));
var results = new Dictionary<string, object> { ["program"] = Path.GetFileName(program), ["load_before"] = load };

// The first start has no mirror; the others come back from it. The fourth is the third warm one, and goes on to be used.
for (var start = 1; start <= 4; start++)
{
    if (start > 1)
        await window.CloseAsync();
    Add(start == 1 ? "start_cold_ms" : $"start_warm{start - 1}_ms", Math.Round((await window.OpenAsync()).TotalMilliseconds));
    await SettleAsync(3);
}

AddMemory("pss_at_rest_mb");
var before = ProcessTree.CpuSeconds(window.ProcessId);
await SettleAsync(idleSeconds);
Add("idle_cpu_percent", Math.Round(100 * (ProcessTree.CpuSeconds(window.ProcessId) - before) / idleSeconds, 2));

before = ProcessTree.CpuSeconds(window.ProcessId);
await talker.SayAsync(texts.Skip(1_000).Take(3_600));
await SettleAsync(5);
Add("cpu_seconds_for_3600_messages", Math.Round(ProcessTree.CpuSeconds(window.ProcessId) - before, 2));
AddMemory("pss_after_3600_messages_mb");

await talker.SayAsync(texts.Skip(4_600).Take(Math.Max(0, messages - 3_600)));
await window.FocusAsync();
for (var i = 0; i < switches; i++)
{
    await window.PressAsync(i / 9 % 2 == 0 ? "alt+Down" : "alt+Up");
    await SettleAsync(0.1);
}

await SettleAsync(10);
AddMemory("pss_after_messages_and_switches_mb");
Console.WriteLine(JsonSerializer.Serialize(results));

int Number(string name, int otherwise) => options.TryGetValue(name, out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

void Add(string name, object value)
{
    results[name] = value;
    Console.WriteLine($"{name,-40} {(value is IReadOnlyDictionary<string, double> parts ? string.Join(", ", parts.Select(p => $"{p.Key} {p.Value}")) : value)}");
}

void AddMemory(string name)
{
    var parts = ProcessTree.Memory(window.ProcessId);
    Add(name, Math.Round(parts.Values.Sum(), 1));
    Add(name + "_parts", parts);
}

static Task SettleAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds));
