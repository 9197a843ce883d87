using Microsoft.Extensions.Time.Testing;
using Parley.Client.Connection;
using Parley.Protocol.Features;

namespace Parley.Client.Tests.Connection;

public sealed class ReconnectDelaysTests
{
    [Fact]
    public void The_waits_double_from_one_second_to_thirty_after_a_first_try_at_once()
    {
        var waits = ReconnectDelays.Create(new Middle()).Take(9).Select(wait => wait.TotalSeconds);

        Assert.Equal([0, 1, 2, 4, 8, 16, 30, 30, 30], waits);
    }

    [Fact]
    public void Jitter_is_a_fifth_at_the_most()
    {
        var waits = Enumerable.Range(0, 1_000).Select(seed => ReconnectDelays.Create(new Random(seed)).ElementAt(3).TotalSeconds).ToList();

        Assert.All(waits, wait => Assert.InRange(wait, 3.2, 4.8));
        Assert.True(waits.Distinct().Count() > 900);
    }

    [Fact]
    public void A_connection_that_is_lost_again_at_once_does_not_start_the_waits_over()
    {
        var time = new FakeTimeProvider();
        using var pace = new ReconnectSchedule(time);
        pace.Connected();
        Assert.Equal(TimeSpan.Zero, pace.Next(null));

        pace.Connected();
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.InRange(pace.Next(null).TotalSeconds, 0.8, 1.2);
    }

    [Fact]
    public void A_connection_that_held_for_a_while_starts_the_waits_over()
    {
        var time = new FakeTimeProvider();
        using var pace = new ReconnectSchedule(time);
        Assert.Equal(0, pace.Next(null).TotalSeconds);
        Assert.NotEqual(0, pace.Next(null).TotalSeconds);
        pace.Connected();
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.Zero, pace.Next(null));
    }

    [Fact]
    public void A_server_that_says_later_is_not_asked_at_once()
    {
        using var pace = new ReconnectSchedule(new FakeTimeProvider());
        pace.Connected();

        Assert.InRange(pace.Next(ReconnectAdvice.Later).TotalSeconds, 0.8, 1.2);
    }

    private sealed class Middle : Random
    {
        public override double NextDouble() => 0.5;
    }
}
