using Parley.Server.Features.Rights;

namespace Parley.Server.Tests.Rights;

/// <summary>From exceptions to rights.</summary>
public sealed class RightRuleTests
{
    [Theory]
    [InlineData("", "", "", "", "see say")]
    [InlineData("", "say", "", "", "see")]
    [InlineData("", "see", "", "", "")]
    [InlineData("say", "see", "", "", "")] // Who does not see can do nothing.
    [InlineData("", "see", "see", "", "see say")]
    [InlineData("", "see", "see", "say", "see")]
    [InlineData("", "say", "say", "", "see say")]
    [InlineData("", "", "", "see", "")]
    [InlineData("see say", "", "", "say", "see")] // A member's own exception is the last word.
    [InlineData("say", "say", "", "", "see say")] // What is both allowed and denied is allowed.
    public void A_members_own_exception_goes_before_everybodys(string allow, string deny, string ownAllow, string ownDeny, string rights) =>
        Assert.Equal(Read(rights), RightRules.InChannel(new Overwrite(Read(allow), Read(deny)), new Overwrite(Read(ownAllow), Read(ownDeny))));

    [Fact]
    public void A_conversation_is_its_peoples_alone()
    {
        Assert.Equal(ChannelRights.All, RightRules.InConversation(isOneOfThem: true));
        Assert.Equal(ChannelRights.None, RightRules.InConversation(isOneOfThem: false));
    }

    private static ChannelRights Read(string words) => words
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)
        .Select(word => Enum.Parse<ChannelRights>(word, ignoreCase: true))
        .Aggregate(ChannelRights.None, (all, one) => all | one);
}
