using Parley.Load.Attacks;

namespace Parley.Load.Tests;

/// <summary>Every attack, at a fiftieth of its size and for half a second: that it still does what it says, and that nobody loses anything by it.</summary>
public class FloodTests
{
    private static readonly string[] SameButForANumber = ["user-list-3", "conversations-50000", "online-of-17500", "accounts-200"];

    public static TheoryData<string> Attacks => [.. AttackList.Names.Except(SameButForANumber)];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Nobody_loses_a_message_by_an_attack_that_was_carried_out(string name)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var run = new FloodRun(new FloodOptions
        {
            Program = Testing.ServerProcess.Program, Tls = name == "handshakes", Size = new AttackSize(0.02), QuietSeconds = 0.1, Seconds = 0.5,
            HasCheapPasswords = true,
        });

        var figures = await run.RunAsync(AttackList.Make(name), deadline.Token);

        Assert.True(figures.IsGood, figures.ToJson());
        Assert.Equal(5, figures.Get<int>("members"));
        Assert.Equal(10, figures.Get<long>("sent"));
        Assert.InRange(figures.Get<double>("say_to_ack_p99_ms"), 0.001, 30_000);
        Assert.Equal(0, figures.Get<int>("login_token_failed"));
        Assert.True(figures.Get<double>("login_token_p50_ms") > 0, figures.ToJson());
        Assert.True(figures.Get<double>("rss_peak_mb") >= figures.Get<double>("rss_before_mb"), figures.ToJson());
        Assert.True(WasDone(name, figures), figures.ToJson());
    }

    [Fact]
    public async Task A_server_that_takes_too_much_memory_is_ended_and_the_run_fails_with_what_was_lost()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var run = new FloodRun(new FloodOptions
        {
            Program = Testing.ServerProcess.Program, Size = new AttackSize(0.02), QuietSeconds = 0.1, Seconds = 0.5, HasCheapPasswords = true, MostBytes = 1,
        });

        var figures = await run.RunAsync(AttackList.Make("silent"), deadline.Token);

        Assert.False(figures.IsGood);
        Assert.Equal(1, figures.Get<long>("ended_for_its_memory"));
        Assert.True(figures.Get<long>("lost") > 0, figures.ToJson());
    }

    [Fact]
    public void An_attack_that_there_is_not_is_refused_by_name() => Assert.Throws<ArgumentException>(() => AttackList.Make("flowers"));

    // What shows that the attack was carried out. Not what was answered: on a busy machine that may come after the half second.
    private static bool WasDone(string name, Running.Figures figures) => name switch
    {
        "read" or "channel-create" or "channel-list" or "writes" or "user-list-10" => figures.Get<long>("attack_asked") > 10,
        "registrations" or "wrong-passwords" or "name" => figures.Get<long>("attack_asked") > 0,
        "pages" => figures.Get<long>("attack_asked") > 50,
        "arrivals" => figures.Get<int>("attack_of") == 350 && figures.Get<int>("attack_arrived") > 0,
        "online-of-200000" => figures.Get<int>("attack_online") == 344,
        "all" =>
            figures.Get<long>("attack_read_asked") > 10 && figures.Get<long>("attack_early_frames_connections") > 0
                && figures.Get<long>("attack_half_frames_connections") > 0,
        _ => figures.Get<long>("attack_connections") > 0,
    };
}
