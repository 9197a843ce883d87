using System.Text;
using Parley.Protocol.Features;

namespace Parley.Server.Events;

/// <summary>The members of a first screen.</summary>
/// <param name="Members">All of them.</param>
/// <param name="Late">Those whose texts did not fit there, with their texts; to be told behind it.</param>
internal sealed record MemberSnapshot(IReadOnlyList<MemberState> Members, IReadOnlyList<MemberState> Late);

/// <summary>All members by name, kept in order so that a login does not sort them again.</summary>
internal sealed class MemberList
{
    private const int MostAway = 1_000;

    // Ten thousand people with long lines under their names must not keep anybody from logging in: the first screen has to fit one frame.
    private const int MostTextBytes = 128 * 1024;

    private readonly List<MemberState> _byName = [];
    private MemberSnapshot? _snapshot;

    public void Put(MemberState member)
    {
        _snapshot = null;
        var index = _byName.BinarySearch(member, ByName.Instance);
        if (index >= 0)
            _byName[index] = member;
        else
            _byName.Insert(~index, member);
    }

    /// <summary>Everyone who is here and, of the others, the first <see cref="MostAway"/> by name.</summary>
    public MemberSnapshot Snapshot()
    {
        if (_snapshot is not null)
            return _snapshot;
        var (away, textBytes) = (0, 0);
        List<MemberState> members = [];
        List<MemberState> late = [];
        foreach (var member in _byName.Where(m => m.Status != MemberStatus.Offline || ++away <= MostAway))
        {
            textBytes += member.Text is { } text ? Encoding.UTF8.GetByteCount(text) : 0;
            if (member.Text is not null && textBytes > MostTextBytes)
                late.Add(member);
            members.Add(member.Text is not null && textBytes > MostTextBytes ? member with { Text = null } : member);
        }

        return _snapshot = new MemberSnapshot(members, late);
    }

    private sealed class ByName : IComparer<MemberState>
    {
        public static ByName Instance { get; } = new();

        public int Compare(MemberState? x, MemberState? y) => string.CompareOrdinal(x?.Username, y?.Username);
    }
}
