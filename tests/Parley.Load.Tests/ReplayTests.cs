using System.Globalization;
using Parley.Load.Replay;
using Parley.Load.Running;

namespace Parley.Load.Tests;

public class ReplayTests
{
    private const int Lines = 600;

    [Theory]
    [InlineData("plain")]
    [InlineData("tls")]
    public async Task A_conversation_that_is_said_again_is_stored_and_seen_line_by_line(string transport)
    {
        var isTls = transport == "tls";
        await using var server = await Testing.ServerProcess.StartAsync(isTls ? ["--no-limits"] : ["--no-limits", "--no-tls"]);
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var run = new Run(Target.Parse(string.Create(CultureInfo.InvariantCulture, $"{server.Host}:{server.Port}")), isTls, threads: 1, server.ProcessId);
        var lines = SampleTranscript.Make(Lines, seed: 1);
        var ledger = new Ledger(lines, Cast.For(lines, namedCount: 4, bridgeCount: 2), "test");

        var figures = await new ReplayRun(run, ledger, window: 16).PlayAsync(deadline.Token);

        Assert.True(figures.IsGood, figures.ToJson());
        var refused = ledger.Expected.Count(text => text is null);
        Assert.InRange(refused, 12, 36); // the sample holds what the content rule refuses, too
        Assert.Equal(Lines - refused, figures.Get<int>("stored"));
        Assert.Equal(6L * (Lines - refused), figures.Get<long>("seen"));
    }
}
