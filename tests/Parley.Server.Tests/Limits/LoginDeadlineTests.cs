using Parley.Server.Connections;
using Parley.Server.Limits;

namespace Parley.Server.Tests.Limits;

/// <summary>docs/protocol.md, "Limits": how long somebody may be silent who has not logged in.</summary>
public sealed class LoginDeadlineTests
{
    private static readonly TimeSpan FirstWord = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NextWord = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Ten_seconds_are_there_for_the_first_word_and_other_words_win_no_time()
    {
        await using var server = await LocalServer.StartAsync();
        await using var newcomer = await server.ConnectAsync();
        await IsStillThereAsync(newcomer);
        server.Clock.Advance(FirstWord - Moment);
        await IsStillThereAsync(newcomer);

        server.Clock.Advance(Moment);

        var word = Assert.Single(await newcomer.CollectUntilClosedAsync());
        Assert.Equal(("error", "not_authenticated"), (word.Type(), word.Text("code")));
    }

    [Fact]
    public async Task A_frame_that_never_ends_is_no_word()
    {
        await using var server = await LocalServer.StartAsync();
        await using var slow = await server.ConnectAsync();
        await IsStillThereAsync(slow);
        var frame = RawPeer.Frame(new { type = "auth_login", username = "User_001", password = LocalServer.Password });
        await slow.SendBytesAsync(frame.AsMemory(0, frame.Length - 1));

        server.Clock.Advance(FirstWord);

        Assert.Equal("not_authenticated", Assert.Single(await slow.CollectUntilClosedAsync()).Text("code"));
    }

    [Fact]
    public async Task Whoever_said_hello_has_a_minute_to_log_in()
    {
        await using var server = await LocalServer.StartAsync();
        await using var typing = await server.ConnectAsync();
        await typing.HelloAsync();
        await typing.DrainAsync();
        server.Clock.Advance(NextWord - Moment);
        await typing.DrainAsync();

        server.Clock.Advance(Moment);

        var word = Assert.Single(await typing.CollectUntilClosedAsync());
        Assert.Equal(("closing", "timeout", "later"), (word.Type(), word.Text("reason"), word.Text("reconnect")));
    }

    [Fact]
    public async Task Whoever_logged_in_may_be_silent_for_ever()
    {
        await using var server = await LocalServer.StartAsync();
        var (silent, _) = await server.EnterLevel2Async(1);
        await silent.AskAsync("ping");

        server.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal("pong", (await silent.AskAsync("ping")).Type());
        await silent.DisposeAsync();
    }

    [Fact]
    public void While_a_login_is_carried_out_the_clock_stands()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var closed = 0;
        using var deadline = new LoginDeadline(new ServerLimits(), clock, () => closed++);

        deadline.Pause();
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, closed);
        deadline.Restart();
        clock.Advance(NextWord);

        Assert.Equal(1, closed);
    }

    private static async Task IsStillThereAsync(RawPeer peer)
    {
        await peer.SendAsync(new { type = "ping" });
        Assert.Equal("You must log in first.", (await peer.ReceiveAsync("error")).Text("message"));
    }
}
