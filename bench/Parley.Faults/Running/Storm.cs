using Parley.Faults.Chaos;
using Parley.Faults.Clients;

namespace Parley.Faults.Running;

/// <summary>The bad weather: one thing after another breaks, until the server was killed often enough.</summary>
internal sealed class Storm(
    MachineOptions options, Dice dice, FaultCounts counts, ServerUnderTest server, ClientProcess[] clients, SmallDisk? disk, FakeClock? clock)
{
    private const int OthersEvery = 2; // between the kills, about one fault of another kind in so many

    /// <summary>Waits until everybody has an account.</summary>
    public static async Task AwaitSessionsAsync(string folder, string[] names, CancellationToken cancel)
    {
        while (!Array.TrueForAll(names, n => File.Exists(Path.Combine(folder, $"{n}.session"))))
            await Task.Delay(50, cancel);
    }

    public async Task RageAsync(CancellationToken cancel)
    {
        // Each kind once for certain, in an order that the dice choose; then as it comes.
        List<Func<CancellationToken, Task>> certain =
        [
            KillClientAsync, LockAsync, FillDiskAsync, SetClockBackAsync, stop => FreezeAsync(options.LongStop, stop),
        ];
        for (var kill = 1; kill <= options.Kills; kill++)
        {
            await Task.Delay(dice.Between(100, 1_800), cancel);
            await server.ReviveAsync(cancel);
            if (certain.Count > 0 && dice.Chance((double)certain.Count / Math.Max(1, options.Kills - kill + 1)))
            {
                var next = dice.Next(certain.Count);
                await certain[next](cancel);
                certain.RemoveAt(next);
            }
            else if (dice.Next(OthersEvery) == 0)
            {
                await AnyOtherAsync(cancel);
            }

            await server.KillAsync();
            counts.Add("server_kills");
            await Task.Delay(dice.Between(0, 300), cancel);
            await server.StartAsync(cancel);
            await Console.Error.WriteLineAsync($"kill {kill} of {options.Kills}; {counts}");
        }

        foreach (var rest in certain)
            await rest(cancel);
        await server.ReviveAsync(cancel);
    }

    private Task AnyOtherAsync(CancellationToken cancel) => dice.Next(10) switch
    {
        < 5 => KillClientAsync(cancel),
        5 => LockAsync(cancel),
        6 => FillDiskAsync(cancel),
        7 => SetClockBackAsync(cancel),
        _ => FreezeAsync(dice.Between(200, 2_000), cancel),
    };

    private async Task KillClientAsync(CancellationToken cancel)
    {
        var client = clients[dice.Next(clients.Length)];
        await client.KillAsync();
        counts.Add("client_kills");
        await Task.Delay(dice.Between(0, 500), cancel);
        client.Start();
    }

    private async Task LockAsync(CancellationToken cancel)
    {
        // Longer than the server waits for a lock, now and then.
        await DatabaseHold.HoldAsync(server.DatabasePath, dice.Between(500, 7_000), cancel);
        counts.Add("database_locks");
    }

    private async Task FillDiskAsync(CancellationToken cancel)
    {
        if (disk is null)
            return;
        disk.Fill();
        counts.Add("disk_full");
        await Task.Delay(dice.Between(500, 3_000), cancel);
        disk.Release();
    }

    private async Task SetClockBackAsync(CancellationToken cancel)
    {
        if (clock is null)
            return;
        clock.Set(TimeSpan.FromSeconds(-1 - dice.Next(7_200)));
        counts.Add("clock_set_back");
        await Task.Delay(dice.Between(200, 1_000), cancel);
    }

    private async Task FreezeAsync(TimeSpan time, CancellationToken cancel)
    {
        server.Signal(Signals.Stop);
        counts.Add("freezes");
        await Task.Delay(time, cancel);
        server.Signal(Signals.Continue);
    }
}
