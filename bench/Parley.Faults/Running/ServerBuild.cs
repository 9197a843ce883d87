using System.Diagnostics;

namespace Parley.Faults.Running;

/// <summary>Builds the server of a source tree.</summary>
internal static class ServerBuild
{
    public static async Task<string> BuildAsync(string root, CancellationToken cancel)
    {
        var project = Path.Combine(root, "src", "Parley.Server");
        await Console.Error.WriteLineAsync("Building the server ...");
        var start = new ProcessStartInfo("dotnet", ["build", project, "-c", "Release", "-v", "quiet", "--nologo"])
        {
            RedirectStandardOutput = true, WorkingDirectory = root,
        };
        using var build = Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start.");
        var output = await build.StandardOutput.ReadToEndAsync(cancel);
        await build.WaitForExitAsync(cancel);
        return build.ExitCode == 0
            ? Path.Combine(project, "bin", "Release", "net10.0", "parley-server.dll")
            : throw new InvalidOperationException($"The server does not build:\n{output}");
    }
}
