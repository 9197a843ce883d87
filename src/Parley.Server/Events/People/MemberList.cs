using Parley.Protocol.Features;

namespace Parley.Server.Events.People;

/// <summary>
/// The members in the order in which they are listed: who is here, then who is away, each by name. All who are here are kept, and of those who are away the
/// first by name alone: what a login costs and what a server holds must not grow with its accounts. Each is kept as its JSON, too: to write two hundred for
/// each login was a tenth of its CPU time, and when a server was restarted everybody comes at once.
/// </summary>
internal sealed class MemberList
{
    /// <summary>So many of those who are away are loaded at the start.</summary>
    public const int FirstAway = 1_000;

    // Where they become twice as many, the last ones are forgotten.
    private const int MostAway = 2 * FirstAway;

    // Of an initial snapshot: about a thousand people, or 150 with the longest lines under their names.
    private const int SnapshotBytes = 64 * 1024;

    private readonly SortedByName _here = new();
    private readonly SortedByName _away = new();

    // Whoever is away and has a name up to this one stands in _away; null where everybody does.
    private string? _awayUpTo;
    private MemberListPage? _snapshot;

    /// <summary>How many are here.</summary>
    public int HereCount => _here.Count;

    /// <summary>Takes the first accounts by name; at the start, when nobody is here.</summary>
    /// <param name="first">The accounts, in the order of their names.</param>
    /// <param name="isAll">Whether there are no others.</param>
    public void Load(IReadOnlyList<MemberState> first, bool isAll)
    {
        foreach (var member in first)
            _away.Put(new ListedMember(member));
        _awayUpTo = isAll || first.Count == 0 ? null : first[^1].Username;
    }

    public void Put(MemberState member)
    {
        _snapshot = null;
        var entry = new ListedMember(member);
        if (member.Status != MemberStatus.Offline)
        {
            _away.Remove(member.Username);
            _here.Put(entry);
            return;
        }

        _here.Remove(member.Username);
        if (_awayUpTo is { } last && MemberOrder.Compare(member.Username, last) > 0)
            return;
        _away.Put(entry);
        if (_away.Count <= MostAway)
            return;
        _away.KeepFirst(FirstAway);
        _awayUpTo = _away[FirstAway - 1].Member.Username;
    }

    /// <summary>The members of an initial snapshot.</summary>
    public MemberListPage Snapshot()
    {
        if (_snapshot is not null)
            return _snapshot;
        List<ListedMember> members = [];
        var bytesLeft = SnapshotBytes;
        if (_here.TakeFirst(ref bytesLeft, members) is { } lastHere)
            return _snapshot = new MemberListPage(members, new MemberCursor(IsAway: false, lastHere));
        if (_away.TakeFirst(ref bytesLeft, members) is { } lastAway)
            return _snapshot = new MemberListPage(members, new MemberCursor(IsAway: true, lastAway));
        return _snapshot = new MemberListPage(members, _awayUpTo is { } last ? new MemberCursor(IsAway: true, last) : null);
    }

    /// <summary>Who is here, from behind a name on; then it goes on with who is away.</summary>
    public MemberListPage HereAfter(string? name, int limit) => Page(_here.IndexAfter(name), limit);

    /// <summary>Who is here, from an index in the order on.</summary>
    public MemberListPage HereFrom(int index, int limit) => Page(index, limit);

    /// <summary>Who is here and has a name that begins so, whatever its case.</summary>
    public MemberListPage HereBeginningWith(string prefix, int limit)
    {
        List<ListedMember> members = [];
        for (var i = _here.IndexOf(prefix); i < _here.Count && members.Count < limit; i++)
        {
            var entry = _here[i];
            if (!entry.Member.Username.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                break;
            members.Add(entry);
        }

        return new MemberListPage(members, null);
    }

    private MemberListPage Page(int index, int limit)
    {
        List<ListedMember> members = [];
        for (; index < _here.Count && members.Count < limit; index++)
            members.Add(_here[index]);
        return new MemberListPage(members, index < _here.Count ? new MemberCursor(IsAway: false, _here[index - 1].Member.Username) : new MemberCursor(IsAway: true, ""));
    }
}
