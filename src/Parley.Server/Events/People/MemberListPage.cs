namespace Parley.Server.Events.People;

/// <summary>Some members in their order.</summary>
/// <param name="Members">Each with its JSON.</param>
/// <param name="Next">Where the list goes on; null at its end.</param>
internal sealed record MemberListPage(IReadOnlyList<ListedMember> Members, MemberCursor? Next);
