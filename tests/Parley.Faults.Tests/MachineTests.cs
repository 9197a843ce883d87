using System.Text.Json;

namespace Parley.Faults.Tests;

public class MachineTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Nothing_that_was_said_is_lost_when_everything_around_it_breaks()
    {
        using var folder = new TempFolder();
        var machine = Repository.PathOf("bench", "Parley.Faults", "bin", Repository.Configuration, "net10.0", "parley-faults.dll");
        var server = Environment.GetEnvironmentVariable("PARLEY_SERVER") is { Length: > 0 } named
            ? named
            : Repository.BuiltAssembly("Parley.Server", "parley-server.dll");

        await using var process = ChildProcess.Start(
            machine, ["run", "--kills", "5", "--clients", "3", "--witnesses", "2", "--long-stop", "3", "--timeout", "240", "--server", server], folder.Path);
        var exitCode = await process.WaitForExitAsync(Limit);

        Assert.True(exitCode == 0, process.Describe());
        using var verdict = JsonDocument.Parse(process.OutputLines[^1]);
        Assert.Equal("kept", verdict.RootElement.GetProperty("verdict").GetString());
        Assert.Equal(5, verdict.RootElement.GetProperty("server_kills").GetInt32());
        Assert.True(verdict.RootElement.GetProperty("stored").GetInt32() > 50, process.Describe());
    }
}
