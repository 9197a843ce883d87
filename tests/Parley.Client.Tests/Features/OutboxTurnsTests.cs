using Microsoft.Extensions.Time.Testing;
using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Features;

public sealed class OutboxTurnsTests
{
    private static readonly Refusal SlowDown = new(ErrorCode.RateLimited, "Slow down!");

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Who_is_told_to_slow_down_slows_down_everywhere()
    {
        var turns = new OutboxTurns(_time);
        turns.Answered(new ChannelId(1), SlowDown);

        Assert.Null(turns.Next([In(1), In(2)], out var wait));
        Assert.Equal(TimeSpan.FromMilliseconds(250), wait);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(new ChannelId(2), turns.Next([In(1), In(2)], out _)?.ChannelId);
    }

    [Fact]
    public void A_room_that_is_slow_by_itself_waits_alone()
    {
        var turns = new OutboxTurns(_time);
        turns.Answered(new ChannelId(1), SlowDown);
        _time.Advance(TimeSpan.FromSeconds(1));
        turns.Answered(new ChannelId(2), null);

        turns.Answered(new ChannelId(1), SlowDown);

        Assert.Equal(new ChannelId(2), turns.Next([In(1), In(2)], out _)?.ChannelId);
        Assert.Null(turns.Next([In(1)], out var wait));
        Assert.NotNull(wait);
    }

    [Fact]
    public void A_fault_in_one_room_holds_up_no_other_and_ends_after_some_tries()
    {
        var turns = new OutboxTurns(_time);
        for (var tries = 1; tries < 5; tries++)
        {
            Assert.True(turns.Answered(new ChannelId(1), new Refusal(ErrorCode.Internal, "A fault.")));
            Assert.Equal(new ChannelId(2), turns.Next([In(1), In(2)], out _)?.ChannelId);
        }

        Assert.False(turns.Answered(new ChannelId(1), new Refusal(ErrorCode.Internal, "A fault.")));
        Assert.False(turns.Answered(new ChannelId(1), new Refusal(ErrorCode.Forbidden, "No.")));
    }

    private static PendingMessage In(long room) => new($"n{room}", new ChannelId(room), MessageKind.Message, "hi", DateTimeOffset.UnixEpoch.AddSeconds(room));
}
