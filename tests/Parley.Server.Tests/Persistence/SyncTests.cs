using System.Globalization;
using System.Text.RegularExpressions;

namespace Parley.Server.Tests.Persistence;

/// <summary>
/// A message is on the disk before anybody hears of it: seen from outside, in the order of the server's system calls. (That a killed process loses nothing
/// shows less: the kernel writes what a dead process left in its cache.)
/// </summary>
public sealed partial class SyncTests
{
    [Fact]
    public async Task The_data_is_synced_between_a_messages_write_and_its_acknowledgement()
    {
        Assert.SkipUnless(HasStrace(), "strace is not installed.");
        using var folder = new TempFolder();
        await using (var traced = ChildProcess.Start(
            "strace", ["-f", "-o", "trace", "-s", "65536", "-e", "trace=pwrite64,pwritev,write,fsync,fdatasync,sendto,sendmsg", .. Server(), "--no-tls", "--no-limits", "--port", "0"], folder.Path))
        {
            var line = await traced.WaitForLineAsync(l => l.StartsWith("Listening on ", StringComparison.Ordinal), "the line", TimeSpan.FromSeconds(120));
            await using var alice = await RawPeer.ConnectAsync("127.0.0.1", int.Parse(Port().Match(line).Value, CultureInfo.InvariantCulture));
            var login = await alice.RegisterLevel2Async("alice");
            await using var bob = await RawPeer.ConnectAsync("127.0.0.1", int.Parse(Port().Match(line).Value, CultureInfo.InvariantCulture));
            await bob.RegisterAsync("bobby");
            for (var i = 0; i < 20; i++)
                await alice.SayAsync(login.ChannelId("general"), $"needle-{i}-", $"nonce-{i}-");
        }

        var calls = await File.ReadAllLinesAsync(folder["trace"]);
        for (var i = 0; i < 20; i++)
            AssertSyncedBeforeSaid(calls, i);
    }

    private static void AssertSyncedBeforeSaid(string[] calls, int i)
    {
        var written = Array.FindIndex(calls, c => IsDiskWrite(c) && c.Contains($"needle-{i}-", StringComparison.Ordinal));
        var acknowledged = Array.FindIndex(
            calls, c => IsSend(c) && c.Contains("\\\"ack\\\"", StringComparison.Ordinal) && c.Contains($"nonce-{i}-", StringComparison.Ordinal));
        var said = Array.FindIndex(calls, c => IsSend(c) && c.Contains($"needle-{i}-", StringComparison.Ordinal));
        var synced = Array.FindIndex(calls, Math.Max(0, written), IsSyncDone);

        Assert.True(written >= 0, $"needle-{i}- was never written.");
        Assert.True(acknowledged >= 0 && said >= 0, $"needle-{i}- was never acknowledged or never said.");
        Assert.True(
            synced > written && synced < Math.Min(acknowledged, said),
            $"needle-{i}-: written {written}, synced {synced}, acknowledged {acknowledged}, said {said}");
    }

    private static bool IsDiskWrite(string call) => call.Contains(" pwrite", StringComparison.Ordinal);

    private static bool IsSend(string call) =>
        call.Contains(" sendto(", StringComparison.Ordinal) || call.Contains(" sendmsg(", StringComparison.Ordinal)
            || call.Contains(" write(", StringComparison.Ordinal);

    private static bool IsSyncDone(string call) => SyncDone().IsMatch(call);

    private static IEnumerable<string> Server() => Environment.GetEnvironmentVariable("PARLEY_SERVER") is { Length: > 0 } named
        ? [named]
        : [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", Repository.BuiltAssembly("Parley.Server", "parley-server.dll")];

    private static bool HasStrace() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "strace")));

    // At its end, whether it was interrupted by other threads' calls or not.
    [GeneratedRegex(@"\b(fsync|fdatasync)(\(\d+\)| resumed>.*\))\s*= 0$")]
    private static partial Regex SyncDone();

    [GeneratedRegex(@"(?<=:)\d+(?= )")]
    private static partial Regex Port();
}
