using Parley.Protocol.Wire;

namespace Parley.Protocol.Features;

/// <summary><c>channel_join</c> (level 1): makes a channel the current one. Answered by <see cref="ChannelJoined"/>.</summary>
public sealed record JoinChannel(string? Channel) : Command("channel_join");

/// <summary><c>channel_leave</c> (level 1): leaves the current channel. No answer.</summary>
public sealed record LeaveChannel(string? Channel) : Command("channel_leave");

/// <summary>
/// <c>channel_create</c>: makes a channel for everyone. Everyone gets <see cref="ChannelCreated"/>; a level-2 asker <see cref="Done"/> besides.
/// </summary>
public sealed record CreateChannel(string? Name, string? Description) : Command("channel_create");

/// <summary><c>channel_list</c>: answered by <see cref="ChannelList"/>.</summary>
/// <param name="Cursor">Level 2: from where on, as an earlier page or <see cref="ReadyMore"/> says; absent for the start.</param>
/// <param name="Limit">Level 2: the most channels of a page, up to <see cref="ListPage.MaxLimit"/>; absent for all that are left.</param>
public sealed record ListChannels(string? Cursor = null, int? Limit = null) : Command("channel_list");

/// <summary>A channel as level 1 shows it; in a <see cref="ChannelList"/> of level 2 with the numbers of a <see cref="ChannelState"/> besides.</summary>
/// <param name="Id">The channel.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="LastNumber">Level 2: the number of its latest event; absent in <see cref="ChannelCreated"/> for a channel without any.</param>
/// <param name="ReadNumber">Level 2, in a <see cref="ChannelList"/>: as in <see cref="ChannelState"/>.</param>
/// <param name="Unread">The same.</param>
/// <param name="Mentions">The same.</param>
public sealed record ChannelEntry(
    ChannelId Id, string Name, string Description, long? LastNumber = null, long? ReadNumber = null, int? Unread = null, int? Mentions = null);

/// <summary><c>channel_info</c>: channels, by name; at level 1 all of them.</summary>
/// <param name="Channels">At level 2 an event is counted in the <see cref="ChannelEntry.LastNumber"/> told here, or comes as an event.</param>
/// <param name="Cursor">Level 2: where they go on; absent at the end.</param>
public sealed record ChannelList(IReadOnlyList<ChannelEntry> Channels, string? Cursor = null) : ServerMessage("channel_info");

/// <summary><c>channel_created</c>: there is a new channel, or one that can be seen from now on; to everyone who is logged in.</summary>
public sealed record ChannelCreated(ChannelEntry Channel) : ServerMessage("channel_created");

/// <summary><c>channel_updated</c> (level 2): a channel has another name or description.</summary>
public sealed record ChannelUpdated(ChannelEntry Channel) : ServerMessage("channel_updated");

/// <summary><c>channel_removed</c> (level 2): a channel's last word to whoever may not see it any more.</summary>
public sealed record ChannelRemoved(ChannelId ChannelId) : ServerMessage("channel_removed");

/// <summary><c>channel_joined</c> (level 1): the channel that is the current one from now on.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="History">The last 50 messages, oldest first.</param>
/// <param name="Users">Who is there, by name in code-point order.</param>
public sealed record ChannelJoined(string Channel, IReadOnlyList<HistoryEntry> History, IReadOnlyList<UserEntry> Users) : ServerMessage("channel_joined");

/// <summary><c>user_joined</c> (level 1): somebody came to the current channel.</summary>
public sealed record UserJoined(string Channel, string Username) : ServerMessage("user_joined");

/// <summary><c>user_left</c> (level 1): somebody left the current channel.</summary>
public sealed record UserLeft(string Channel, string Username) : ServerMessage("user_left");

/// <summary>A channel in <see cref="Ready"/>.</summary>
/// <param name="Id">The channel.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is for; may be empty.</param>
/// <param name="LastNumber">The number of its latest event; 0 before the first.</param>
/// <param name="ReadNumber">How far the user has read: the number of the last event read.</param>
/// <param name="Unread">How many messages of others came after that; counted up to <see cref="ReadState.MaxUnread"/>.</param>
/// <param name="Mentions">How many messages that mean the user came after that; counted likewise.</param>
public sealed record ChannelState(ChannelId Id, string Name, string Description, long LastNumber, long ReadNumber, int Unread, int Mentions = 0);
