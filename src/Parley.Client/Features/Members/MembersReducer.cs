using System.Collections.Immutable;
using Parley.Client.State;
using Parley.Protocol.Features;

namespace Parley.Client.Features.Members;

internal static class MembersReducer
{
    internal static ImmutableArray<Member> FromReady(Ready ready) => Sort(ready.Members.Select(FromWire));

    internal static ChatState Apply(ChatState state, PresenceChanged changed)
    {
        var members = state.Members.ToDictionary(member => member.Id);
        var isSame = true;
        foreach (var member in changed.Members.Select(FromWire))
        {
            isSame &= members.TryGetValue(member.Id, out var known) && known == member;
            members[member.Id] = member;
        }

        return isSame ? state : state with { Members = Sort(members.Values) };
    }

    internal static ImmutableArray<Member> Sort(IEnumerable<Member> members) => [.. members.Order(Member.ByName)];

    private static Member FromWire(MemberState m) => new(m.Id, m.Username, m.Status, m.Text);
}
