using System.Collections.Immutable;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Members;

/// <summary>
/// The members of a server that are known at one moment. On a large server not all are: those online first, up to
/// <see cref="ChatClientOptions.MembersInMemory"/>, and those that were asked for. Immutable; a look-up does not walk over all.
/// </summary>
public sealed class KnownMembers
{
    // Nobody scrolls through more.
    private const int MaxUnrequested = 5_000;

    private static readonly Comparer<Member> OnlineFirst =
        Comparer<Member>.Create((a, b) => b.IsOnline.CompareTo(a.IsOnline) is var order and not 0 ? order : Member.ByName.Compare(a, b));

    private readonly ImmutableDictionary<UserId, Member> _byId;
    private readonly ImmutableDictionary<string, Member> _byName;
    private readonly ImmutableSortedSet<Member> _ordered;

    private KnownMembers(
        ImmutableDictionary<UserId, Member> byId, ImmutableDictionary<string, Member> byName, ImmutableSortedSet<Member> ordered, int onlineCount,
        string? more) =>
        (_byId, _byName, _ordered, OnlineCount, More) = (byId, byName, ordered, onlineCount, more);

    /// <summary>Nobody.</summary>
    public static KnownMembers Empty { get; } = new(
        ImmutableDictionary<UserId, Member>.Empty, ImmutableDictionary.Create<string, Member>(StringComparer.OrdinalIgnoreCase),
        ImmutableSortedSet.Create<Member>(OnlineFirst), 0, null);

    /// <summary>Those online, then those offline, each by name, whatever its case.</summary>
    public IReadOnlyList<Member> InOrder => _ordered;

    /// <summary>How many are known.</summary>
    public int Count => _byId.Count;

    /// <summary>How many of them are online.</summary>
    public int OnlineCount { get; }

    /// <summary>Where the server's list goes on; null where all are known.</summary>
    public string? More { get; }

    /// <summary>The person with this id; null where nobody is known by it.</summary>
    public Member? Of(UserId? id) => id is { } some ? _byId.GetValueOrDefault(some) : null;

    /// <summary>The person with this name, whatever its case; null where nobody is known by it.</summary>
    public Member? Named(string username) => _byName.GetValueOrDefault(username);

    /// <summary>These people and nobody else.</summary>
    public static KnownMembers From(IEnumerable<Member> members, string? more)
    {
        ArgumentNullException.ThrowIfNull(members);
        return Empty.With(members).WithMore(more);
    }

    /// <summary>After what the server said; the same object where that changes nothing.</summary>
    internal KnownMembers After(ServerMessage message) => message switch
    {
        Ready ready => Same(From(ready.Members.Select(FromWire), ready.More?.Members)),
        MemberPage page => With(page.Members.Select(FromWire)),
        // Of the members that a long list left out, those who come online are added while there is room.
        PresenceChanged changed => With(changed.Members.Select(FromWire).Where(IsTaken)),
        _ => this,
    };

    /// <summary>The page behind <paramref name="cursor"/> came.</summary>
    internal KnownMembers AfterPage(string cursor, string? next) => More == cursor ? WithMore(next) : this;

    private bool IsTaken(Member member) => More is null || _byId.ContainsKey(member.Id) || (member.IsOnline && Count < MaxUnrequested);

    private KnownMembers WithMore(string? more) => more == More ? this : new KnownMembers(_byId, _byName, _ordered, OnlineCount, more);

    // After a short break all may be as it was: then nobody draws for nothing.
    private KnownMembers Same(KnownMembers told) => told.More == More && told._ordered.SequenceEqual(_ordered) ? this : told;

    private KnownMembers With(IEnumerable<Member> told)
    {
        var (byId, byName, ordered, online) = (_byId.ToBuilder(), _byName.ToBuilder(), _ordered.ToBuilder(), OnlineCount);
        var isSame = true;
        foreach (var member in told)
        {
            if (byId.TryGetValue(member.Id, out var known))
            {
                if (known == member)
                    continue;
                ordered.Remove(known);
                byName.Remove(known.Username);
                online -= known.IsOnline ? 1 : 0;
            }

            isSame = false;
            byId[member.Id] = byName[member.Username] = member;
            ordered.Add(member);
            online += member.IsOnline ? 1 : 0;
        }

        return isSame ? this : new KnownMembers(byId.ToImmutable(), byName.ToImmutable(), ordered.ToImmutable(), online, More);
    }

    private static Member FromWire(MemberState m) => new(m.Id, m.Username, m.Status, m.Text);
}
