using System.Security.Cryptography;

namespace Parley.Server.Tests.Support;

/// <summary>A start that must fail: one line on standard error that says what, exit code 1, no stack trace, nothing on the disk touched.</summary>
internal static class FailedStart
{
    /// <summary>Runs the program with these options, and returns the line.</summary>
    public static async Task<string> OfAsync(TempFolder folder, params string[] options)
    {
        var before = Contents(folder.Path);

        var finished = await ServerProcess.RunAsync(folder.Path, options);

        var said = $"exit code {finished.ExitCode}\n{string.Join('\n', finished.OutputLines)}\n---\n{string.Join('\n', finished.ErrorLines)}";
        Assert.True(finished.ExitCode == 1, said);
        Assert.DoesNotContain(finished.OutputLines, l => l.StartsWith("Listening", StringComparison.Ordinal));
        Assert.True(finished.ErrorLines.Count == 1, $"One line was expected on standard error.\n{said}");
        Assert.DoesNotContain("   at ", finished.ErrorLines[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Unhandled", finished.ErrorLines[0], StringComparison.Ordinal);
        Assert.Equal(before, Contents(folder.Path));
        return finished.ErrorLines[0];
    }

    /// <summary>Every file with the hash of its bytes; but for what SQLite puts beside a database that is only looked at, an empty log and its index.</summary>
    public static IReadOnlyList<string> Contents(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Where(f => !f.EndsWith("-shm", StringComparison.Ordinal) && !(f.EndsWith("-wal", StringComparison.Ordinal) && new FileInfo(f).Length == 0))
            .Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}")];
}
