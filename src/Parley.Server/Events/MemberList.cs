using Parley.Protocol.Features;

namespace Parley.Server.Events;

/// <summary>All members by name, kept in order so that a login does not sort them again.</summary>
internal sealed class MemberList
{
    private const int MostAway = 1_000;

    private readonly List<MemberState> _byName = [];
    private MemberState[]? _snapshot;

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
    public MemberState[] Snapshot()
    {
        if (_snapshot is not null)
            return _snapshot;
        var away = 0;
        return _snapshot = [.. _byName.Where(m => m.Status != MemberStatus.Offline || ++away <= MostAway)];
    }

    private sealed class ByName : IComparer<MemberState>
    {
        public static ByName Instance { get; } = new();

        public int Compare(MemberState? x, MemberState? y) => string.CompareOrdinal(x?.Username, y?.Username);
    }
}
