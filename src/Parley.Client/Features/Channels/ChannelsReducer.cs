using Parley.Client.Features.Messages;
using Parley.Client.Features.ReadState;
using Parley.Client.State;
using Parley.Protocol.Features;
using System.Collections.Immutable;

namespace Parley.Client.Features.Channels;

internal static class ChannelsReducer
{
    private static readonly Comparer<Channel> ByName = Comparer<Channel>.Create((a, b) => string.CompareOrdinal(a.Name, b.Name));

    internal static Channel FromWire(ChannelState c) => new(c.Id, c.Name, c.Description);

    internal static Channel FromWire(ChannelEntry c) => new(c.Id, c.Name, c.Description);

    /// <summary>What is known with what is told over it.</summary>
    internal static ImmutableArray<Channel> Merge(IEnumerable<Channel> known, IEnumerable<Channel> told)
    {
        var channels = known.ToDictionary(c => c.Id);
        foreach (var channel in told)
            channels[channel.Id] = channel;
        return [.. channels.Values.Order(ByName)];
    }

    internal static ChatState Apply(ChatState state, ChannelCreated created)
    {
        var channel = FromWire(created.Channel);
        if (state.Channels.Contains(channel))
            return state;
        // One that appears was talked in before. What was said there is no news, unless it says how far its member has read.
        var last = created.Channel.LastNumber ?? 0;
        var read = new ReadPosition(created.Channel.ReadNumber ?? last, created.Channel.Unread ?? 0, created.Channel.Mentions ?? 0);
        return state with
        {
            Channels = With(state, channel),
            Unconfirmed = state.Unconfirmed.Remove(channel.Id),
            Logs = state.Logs.ContainsKey(channel.Id) ? state.Logs : state.Logs.Add(channel.Id, LogReducer.AfterSnapshot(RoomLog.Empty, last)),
            ReadPositions = state.ReadPositions.ContainsKey(channel.Id) ? state.ReadPositions : state.ReadPositions.Add(channel.Id, read),
        };
    }

    internal static ChatState Apply(ChatState state, ChannelUpdated updated)
    {
        var channel = FromWire(updated.Channel);
        return state.Channels.Contains(channel) || state.Channels.All(c => c.Id != channel.Id) ? state : state with { Channels = With(state, channel) };
    }

    internal static ChatState Apply(ChatState state, ChannelRemoved removed) => state.Channels.All(c => c.Id != removed.ChannelId)
        ? state
        : state with
        {
            Channels = state.Channels.RemoveAll(c => c.Id == removed.ChannelId),
            Logs = state.Logs.Remove(removed.ChannelId),
            ReadPositions = state.ReadPositions.Remove(removed.ChannelId),
        };

    private static ImmutableArray<Channel> With(ChatState state, Channel channel) => [.. state.Channels.Where(c => c.Id != channel.Id).Append(channel).Order(ByName)];
}
