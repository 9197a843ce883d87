using System.Collections.Immutable;
using Parley.Client.State;
using Parley.Protocol.Features;

namespace Parley.Client.Features.Members;

internal static class MembersReducer
{
    // Ten thousand people are more than anybody looks at, and each change of one costs a look at all.
    private const int MostUnasked = 5_000;

    internal static ImmutableArray<Member> FromReady(Ready ready) => Sort(ready.Members.Select(FromWire));

    internal static ChatState Apply(ChatState state, PresenceChanged changed) => Put(
        state,
        // Of those whom a long list left out, whoever comes is taken as long as there is room, and who goes was never here.
        state.MoreMembers is null ? changed.Members : changed.Members.Where(member =>
            (member.Status != MemberStatus.Offline && state.Members.Length < MostUnasked) || state.Members.Any(known => known.Id == member.Id)));

    internal static ChatState Apply(ChatState state, MemberPage page) => Put(state, page.Members);

    private static ChatState Put(ChatState state, IEnumerable<MemberState> told)
    {
        var members = state.Members.ToDictionary(member => member.Id);
        var isSame = true;
        foreach (var member in told.Select(FromWire))
        {
            isSame &= members.TryGetValue(member.Id, out var known) && known == member;
            members[member.Id] = member;
        }

        return isSame ? state : state with { Members = Sort(members.Values) };
    }

    internal static ImmutableArray<Member> Sort(IEnumerable<Member> members) => [.. members.Order(Member.ByName)];

    private static Member FromWire(MemberState m) => new(m.Id, m.Username, m.Status, m.Text);
}
