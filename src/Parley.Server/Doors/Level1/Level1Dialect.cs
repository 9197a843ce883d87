using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Events.Visibility;
using Parley.Server.Features.Channels;
using Parley.Server.Features.Conversations;

namespace Parley.Server.Doors.Level1;

/// <summary>Level 1 as the fan-out speaks it. Its people are in one channel at a time.</summary>
internal sealed class Level1Dialect(ConversationDelivery delivery) : Dialect
{
    public override void Write(ByteBlock block, ServerEvent happened)
    {
        if (Level1Words.Of(happened) is { } message)
            FrameEncoder.Append(block, message);
    }

    public override void Write(ByteBlock block, ServerEvent happened, VisibleSet seen)
    {
        if (Level1Words.AllChannels(happened) is { } all)
            FrameEncoder.Append(block, new ChannelList([.. all.Where(channel => seen.Sees(channel.Id))]));
        else
            Write(block, happened);
    }

    // Level 1 has no such message.
    public override byte[] Overflow(Closing closing) => [];

    // Its sender has the echo, on the connection that said it and on no other.
    public override bool Tells(ServerEvent happened, Receiver receiver) => happened is not DirectMessageWasSaid said || said.Receiver == receiver.Identity?.Id;

    public override void Told(Receiver receiver, ServerEvent happened)
    {
        if (happened is DirectMessageWasSaid said)
            delivery.Delivered(said.Receiver, said.InLog.Channel, said.InLog.Number);
    }

    public override void Follow(FanOut fanOut, ServerEvent happened)
    {
        if (happened is ChannelWasRenamed renamed)
            Rename(fanOut, renamed);
        else if (happened is ChannelDisappeared hidden)
            SendOut(fanOut, hidden.Channel);
    }

    public override void Lost(FanOut fanOut, Receiver receiver, ChannelId channel)
    {
        if (receiver.Listening.Channel is not { } current || current.Id != channel)
            return;
        FrameEncoder.Append(fanOut.OwnBlock(receiver), Level1Words.NoLongerThere(current.Name));
        fanOut.Listen(receiver, Listening.ToNone);
        if (receiver.ListedIn?.Id == channel)
            fanOut.Attendance.Moved(fanOut, receiver);
    }

    private void Rename(FanOut fanOut, ChannelWasRenamed renamed)
    {
        var named = new NamedChannel(renamed.Channel.Id, renamed.Channel.Name);
        foreach (var held in fanOut.HeldIn(this, named.Id))
            held.Listening = Listening.To(named);
        if (fanOut.ReceiversIn(this, named.Id) is not { Count: > 0 } there)
            return;
        var joined = Level1Words.Joined(named, renamed.Latest, UserEntries.First(fanOut.NamesIn(named)));
        foreach (var receiver in there)
        {
            receiver.Listening = Listening.To(named);
            Attendance.Renamed(receiver, named);
            FrameEncoder.Append(fanOut.OwnBlock(receiver), joined);
        }
    }

    private void SendOut(FanOut fanOut, ChannelEntry channel)
    {
        foreach (var receiver in fanOut.ReceiversIn(this, channel.Id).ToList())
        {
            FrameEncoder.Append(fanOut.OwnBlock(receiver), Level1Words.NoLongerThere(channel.Name));
            fanOut.Listen(receiver, Listening.ToNone);
            fanOut.Attendance.LeftUnannounced(receiver);
        }
    }
}
