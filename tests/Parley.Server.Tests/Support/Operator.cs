using System.Text.Json;

namespace Parley.Server.Tests.Support;

/// <summary>The operator's commands, as they are typed in the server's folder.</summary>
internal static class Operator
{
    /// <summary>Runs one that must succeed; what it printed.</summary>
    public static async Task<IReadOnlyList<string>> DoAsync(string folder, params string[] command)
    {
        var finished = await ServerProcess.RunAsync(folder, command);
        Assert.True(finished.ExitCode == 0, string.Join('\n', [.. finished.OutputLines, .. finished.ErrorLines]));
        Assert.Empty(finished.ErrorLines);
        return finished.OutputLines;
    }

    /// <summary>The same with <c>--json</c>: an object a line.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AskAsync(string folder, params string[] command) =>
        [.. (await DoAsync(folder, [.. command, "--json"])).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Runs one that must be refused: the one line that says why.</summary>
    public static async Task<string> RefusedAsync(string folder, params string[] command)
    {
        var finished = await ServerProcess.RunAsync(folder, command);
        Assert.NotEqual(0, finished.ExitCode);
        Assert.Empty(finished.OutputLines);
        var line = Assert.Single(finished.ErrorLines);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", line, StringComparison.Ordinal);
        return line;
    }

    /// <summary>Makes a code to register with.</summary>
    public static async Task<string> CodeAsync(string folder, params string[] options) => (await AskAsync(folder, ["code", .. options]))[0].Text("code") ?? "";
}
