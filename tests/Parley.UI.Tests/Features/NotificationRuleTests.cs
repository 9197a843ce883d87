using Parley.Client.Features.Messages;
using Parley.Protocol.Wire;
using Parley.UI.Features.Notifications;
using Parley.UI.State;

namespace Parley.UI.Tests.Features;

public sealed class NotificationRuleTests
{
    [Theory]
    [InlineData(NotifyLevel.All, null, false, true, true)]
    [InlineData(NotifyLevel.Mentions, null, false, false, true)]
    [InlineData(NotifyLevel.Nothing, null, false, false, false)]
    [InlineData(NotifyLevel.Nothing, NotifyLevel.All, false, true, true)]
    [InlineData(NotifyLevel.All, NotifyLevel.Mentions, false, false, true)]
    [InlineData(NotifyLevel.All, NotifyLevel.Nothing, false, false, false)]
    [InlineData(NotifyLevel.All, null, true, false, true)]
    [InlineData(NotifyLevel.Nothing, NotifyLevel.All, true, false, true)]
    [InlineData(NotifyLevel.All, NotifyLevel.Nothing, true, false, false)]
    public void A_channel_has_its_own_level_or_the_general_one_and_muted_at_most_mentions(
        NotifyLevel general, NotifyLevel? own, bool isMuted, bool tellsAll, bool tellsMentions)
    {
        Assert.Equal(tellsAll, IsWorthIt(Said, isChannel: true, general, own, isMuted));
        Assert.Equal(tellsMentions, IsWorthIt(Said with { Mentions = UserIds.Of(Given.Alice) }, isChannel: true, general, own, isMuted));
    }

    [Theory]
    [InlineData(NotifyLevel.All, null, false, true)]
    [InlineData(NotifyLevel.Mentions, null, false, true)]
    [InlineData(NotifyLevel.Nothing, null, false, false)]
    [InlineData(NotifyLevel.Nothing, NotifyLevel.All, false, true)]
    [InlineData(NotifyLevel.All, NotifyLevel.Mentions, false, false)]
    [InlineData(NotifyLevel.All, null, true, false)]
    public void A_direct_message_is_for_the_user_unless_nothing_is_wanted(NotifyLevel general, NotifyLevel? own, bool isMuted, bool tells) =>
        Assert.Equal(tells, IsWorthIt(Said, isChannel: false, general, own, isMuted));

    [Fact]
    public void A_mention_of_somebody_else_is_none() =>
        Assert.False(IsWorthIt(Said with { Mentions = UserIds.Of(Given.Bob) }, isChannel: true, NotifyLevel.Mentions, own: null, isMuted: false));

    [Fact]
    public void Neither_ones_own_messages_nor_deleted_ones_are_worth_it()
    {
        Assert.False(IsWorthIt(Said with { AuthorId = Given.Alice }, isChannel: false, NotifyLevel.All, own: null, isMuted: false));
        Assert.False(IsWorthIt(Said with { IsDeleted = true }, isChannel: false, NotifyLevel.All, own: null, isMuted: false));
    }

    private static Message Said { get; } = new(new MessageId(1), 1, MessageKind.Message, Given.Bob, "bob", "look", Given.Noon);

    private static bool IsWorthIt(Message message, bool isChannel, NotifyLevel general, NotifyLevel? own, bool isMuted) =>
        NotificationRule.IsWorthIt(message, Given.Alice, isChannel, general, new RoomNotifications(own, isMuted ? RoomNotifications.Forever : null));
}
