using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Events;

namespace Parley.Server.Features.Channels;

/// <summary>A channel has another name. Level 1 has no word for that: everybody gets the list anew, and whoever is there joins it by its new name.</summary>
internal sealed class ChannelWasRenamed(ChannelEntry channel, IReadOnlyList<HistoryEntry> history, IReadOnlyList<ChannelEntry> all) : ServerEvent
{
    public override Audience Audience => Audience.Everyone;

    public override void Apply(FanOut fanOut)
    {
        var room = new Room(channel.Id, channel.Name);
        foreach (var arriving in fanOut.ArrivingIn(channel.Id))
            arriving.CurrentChannel = room;
        if (fanOut.ReceiversIn(channel.Id) is not { Count: > 0 } there)
            return;
        var users = fanOut.Attendance.NamesIn(room).First(alsoIn: null);
        foreach (var receiver in there)
        {
            receiver.CurrentChannel = room;
            Attendance.Renamed(receiver, room);
            fanOut.PrivateBlock(receiver).Append(new ChannelJoined(room.Name, history, users), ProtocolJson.Default.ChannelJoined);
        }
    }

    public override void WriteLevel1(FrameBlock block) => block.Append(new ChannelList(all), ProtocolJson.Default.ChannelList);

    public override void WriteLevel2(FrameBlock block) => block.Append(new ChannelUpdated(channel), ProtocolJson.Default.ChannelUpdated);
}

/// <summary>A channel is out of sight. At level 1 everybody gets the list anew, and whoever was there has no current channel any more, and is told.</summary>
internal sealed class ChannelWasHidden(ChannelEntry channel, IReadOnlyList<ChannelEntry> all) : ServerEvent
{
    public override Audience Audience => Audience.Everyone;

    public override void Apply(FanOut fanOut)
    {
        foreach (var receiver in fanOut.ReceiversIn(channel.Id).ToList())
        {
            fanOut.PrivateBlock(receiver).Append(new SystemMessage($"Channel '{channel.Name}' is no longer there. Join another one."), ProtocolJson.Default.SystemMessage);
            fanOut.LeaveFeed(receiver);
            receiver.CurrentChannel = null;
            fanOut.Attendance.LeftUnannounced(receiver);
            fanOut.Hold(receiver);
            fanOut.Release(receiver, _ => true);
        }
    }

    public override void WriteLevel1(FrameBlock block) => block.Append(new ChannelList(all), ProtocolJson.Default.ChannelList);

    public override void WriteLevel2(FrameBlock block) => block.Append(new ChannelRemoved(channel.Id), ProtocolJson.Default.ChannelRemoved);
}
