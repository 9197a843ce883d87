using Parley.Protocol.Features;
using Parley.Protocol.Wire;
using Parley.Server.Connections;
using Parley.Server.Doors.Frames;
using Parley.Server.Events;
using Parley.Server.Events.People;
using Parley.Server.Events.Sending;
using Parley.Server.Features.Accounts;
using Parley.Server.Features.Channels;
using Parley.Server.Features.ReadState;
using Parley.Server.Hosting;
using Parley.Server.Storage;

namespace Parley.Server.Doors.Level2;

/// <summary><c>ready</c>, bounded (docs/protocol.md, "Lists and their pages").</summary>
internal sealed class Level2Snapshot(Identity identity, RequestRef? reference, string? serverName) : InitialSnapshot(identity)
{
    // 256 KiB in all: 96 of channels, 64 of members (see MemberList), and of conversations 250 bytes each.
    private const int ChannelBytes = 96 * 1024;
    private const int MostConversations = 250;

    private MemberListPage _members = new([], null);

    public override Listening Listening => Listening.ToAll;

    public override void Look(FanOut fanOut) => _members = fanOut.Attendance.Members.Snapshot();

    public override HeldAnswer Read(DatabaseConnection db, ChosenStatus chosen)
    {
        var channels = ReadStateStore.Channels(db, Identity.Id, "", ChannelStore.MostChannels + 1);
        var told = ChannelSummaries.Fitting(channels, ChannelBytes);
        var conversations = ReadStateStore.Latest(db, Identity.Id, MostConversations + 1);
        var first = conversations.Take(MostConversations).ToList();
        var more = new ReadyMore(
            told.Count < channels.Count ? told[^1].Name : null,
            first.Count < conversations.Count ? ChannelSummaries.FirstPage : null,
            _members.Next?.ToString());
        var ready = new Ready(
            ReadStateStore.Epoch(db),
            ServerVersion.Text,
            new SelfState(Identity.Id, Identity.Username),
            ChannelSummaries.ToChannels(told),
            ChannelSummaries.ToConversations(first),
            [],
            more is { Channels: null, Conversations: null, Members: null } ? null : more,
            serverName,
            OwnerStore.Find(db))
        {
            Ref = reference,
        };
        var block = ByteBlock.Rent();
        FrameEncoder.Append(block, ready, Members(chosen));
        return new HeldAnswer(block, ChannelSummaries.IsIncludedIn(told.Concat(first)));
    }

    // The one who arrives is not in the list yet, and is added with the status that they will have.
    private List<byte[]> Members(ChosenStatus chosen)
    {
        var self = Attendance.ShownAfterArrival(Identity, chosen);
        var members = new List<byte[]>(_members.Members.Count + 1);
        var isIn = false;
        foreach (var entry in _members.Members)
        {
            if (entry.Member.Id == self.Id)
                continue;
            if (!isIn && (entry.Member.Status == MemberStatus.Offline || MemberOrder.Compare(entry.Member.Username, self.Username) > 0))
            {
                members.Add(ListedMember.Write(self));
                isIn = true;
            }

            members.Add(entry.Json);
        }

        if (!isIn)
            members.Add(ListedMember.Write(self));
        return members;
    }
}
