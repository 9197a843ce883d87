using Parley.Client.State;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Support;

/// <summary>States and messages made by hand, for the reducers.</summary>
internal static class Given
{
    internal static readonly UserId Me = new(1);
    internal static readonly UserId Bob = new(2);
    internal static readonly ChannelId General = new(1);
    internal static readonly ChannelId WithBob = new(2);

    private static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>Logged in as "me", in general and in a conversation with bob.</summary>
    internal static ChatState State(long last = 0, long read = 0, int unread = 0, int mentions = 0) =>
        Reducer.Apply(ChatState.Empty, Ready(last, read, unread, mentions: mentions));

    internal static Ready Ready(long last = 0, long read = 0, int unread = 0, string epoch = "e1", string username = "me", int mentions = 0) => new(
        epoch,
        "server",
        new SelfState(Me, username),
        [new ChannelState(General, "general", "", last, read, unread, mentions)],
        [new ConversationState(WithBob, new SelfState(Bob, "bob"), 0, 0, 0)],
        [new MemberState(Me, username, MemberStatus.Online), new MemberState(Bob, "bob", MemberStatus.Offline)]);

    internal static ChannelEvent Event(long number, UserId? author = null, string? content = null, string kind = EventKind.Message) =>
        new(
            number, kind, new MessageId(1_000 + number), author ?? Bob, (author ?? Bob) == Me ? "me" : "bob", content ?? $"text {number}",
            Start.AddSeconds(number));

    internal static ChannelEvent[] Events(long first, long last, UserId? author = null) =>
        [.. Enumerable.Range(0, (int)(last - first + 1)).Select(i => Event(first + i, author))];

    internal static EventPushed Live(long number, UserId? author = null, string? nonce = null, ChannelId? channel = null) =>
        new(channel ?? General, Event(number, author), nonce);

    /// <summary>Bob says something that means me.</summary>
    internal static EventPushed Mention(long number) => new(General, Event(number) with { Mentions = UserIds.Of(Me) }, null);

    internal static HistoryPage Page(long first, long last, long lastNumber, UserId? author = null) =>
        new(General, Events(first, last, author), lastNumber, false);

    internal static ChatState After(this ChatState state, params ServerMessage[] messages) => messages.Aggregate(state, Reducer.Apply);
}
