using System.Collections.Immutable;
using Parley.Client.Features.Messages;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.UI.Tests.Support;

/// <summary>What a server says, made by hand.</summary>
internal static class Given
{
    internal static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);
    internal static readonly UserId Alice = new(1);
    internal static readonly UserId Bob = new(2);
    internal static readonly ChannelId General = new(1);
    internal static readonly ChannelId Music = new(2);
    internal static readonly ChannelId WithBob = new(3);

    /// <summary>Alice's first screen.</summary>
    internal static Ready Ready(long last = 0, long read = 0, int unread = 0) => new(
        "e1",
        "server",
        new SelfState(Alice, "alice"),
        [new ChannelState(General, "general", "Everything and nothing", last, read, unread), new ChannelState(Music, "music", "", 0, 0, 0)],
        [new ConversationState(WithBob, new SelfState(Bob, "bob"), 0, 0, 0)],
        [new MemberState(Alice, "alice", MemberStatus.Online), new MemberState(Bob, "bob", MemberStatus.Offline)]);

    internal static ChannelEvent Said(long number, UserId author, DateTimeOffset at, string? content = null, string kind = EventKind.Message) =>
        new(number, kind, new MessageId(number), author, author == Alice ? "alice" : "bob", content ?? $"text {number}", at);

    internal static EventPushed Live(long number, UserId? author = null, ChannelId? channel = null, string? content = null) =>
        new(channel ?? General, Said(number, author ?? Bob, Noon.AddSeconds(number), content), null);

    /// <summary>Bob says something that means Alice.</summary>
    internal static EventPushed Mention(long number, ChannelId? channel = null, string content = "@alice, look") =>
        new(channel ?? General, Said(number, Bob, Noon.AddSeconds(number), content) with { Mentions = UserIds.Of(Alice) }, null);

    internal static HistoryPage Page(long first, long last, long lastNumber) =>
        new(General, [.. Range(first, last)], lastNumber, first > 1);

    /// <summary>A log that holds one run, or several where numbers are missing.</summary>
    internal static RoomLog Log(params ChannelEvent[] events) =>
        Parley.Client.State.Reducer.Apply(Parley.Client.State.ChatState.Empty, new HistoryPage(General, events, events[^1].Number, More: false)).LogOf(General);

    internal static RoomLog Log(long first, long last) => Log([.. Range(first, last)]);

    internal static ImmutableArray<OutboxEntry> NothingPending => [];

    internal static IEnumerable<ChannelEvent> Range(long first, long last)
    {
        for (var number = first; number <= last; number++)
            yield return Said(number, Bob, Noon.AddSeconds(number));
    }
}
