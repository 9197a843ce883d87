using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Tests.Features;

public sealed class RoomsReducerTests
{
    [Fact]
    public void A_new_channel_stands_by_its_name()
    {
        var state = Given.State().After(Created(5, "music"), Created(6, "art"), Created(5, "music"));

        Assert.Equal(["art", "general", "music"], state.Channels.Select(c => c.Name));
    }

    [Fact]
    public void A_new_conversation_stands_first_and_is_there_once()
    {
        var opened = new ConversationOpened(new ConversationState(new ChannelId(9), new SelfState(new UserId(3), "carol"), 0, 0, 0));

        var state = Given.State().After(opened, opened);

        Assert.Equal(["carol", "bob"], state.Conversations.Select(c => c.WithUsername));
    }

    [Fact]
    public void What_is_said_in_a_conversation_brings_it_to_the_front()
    {
        var opened = new ConversationOpened(new ConversationState(new ChannelId(9), new SelfState(new UserId(3), "carol"), 0, 0, 0));

        var state = Given.State().After(opened, Given.Live(1, channel: Given.WithBob));

        Assert.Equal(["bob", "carol"], state.Conversations.Select(c => c.WithUsername));
    }

    private static ChannelCreated Created(long id, string name) => new(new ChannelEntry(new ChannelId(id), name, ""));
}
