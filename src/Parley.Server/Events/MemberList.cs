using System.Buffers;
using System.Text;
using System.Text.Json;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Events;

/// <summary>The members of a first screen.</summary>
/// <param name="Members">All of them, each as its JSON.</param>
/// <param name="Late">Those whose texts did not fit there, with their texts; to be told behind it.</param>
internal sealed record MemberSnapshot(IReadOnlyList<byte[]> Members, IReadOnlyList<MemberState> Late);

/// <summary>
/// All members by name, kept in order so that a login does not sort them again, and each as its JSON so that it does not write them again: of the CPU time of
/// a login among 200 people that was a tenth, and when a server was restarted everybody comes at once.
/// </summary>
internal sealed class MemberList
{
    private const int MostAway = 1_000;

    // Ten thousand people with long lines under their names must not keep anybody from logging in: the first screen has to fit one frame.
    private const int MostTextBytes = 128 * 1024;

    private readonly List<Entry> _byName = [];
    private MemberSnapshot? _snapshot;

    public void Put(MemberState member)
    {
        _snapshot = null;
        var entry = new Entry(member);
        var index = _byName.BinarySearch(entry, ByName.Instance);
        if (index >= 0)
            _byName[index] = entry;
        else
            _byName.Insert(~index, entry);
    }

    /// <summary>Everyone who is here and, of the others, the first <see cref="MostAway"/> by name.</summary>
    public MemberSnapshot Snapshot()
    {
        if (_snapshot is not null)
            return _snapshot;
        var (away, textBytes) = (0, 0);
        List<byte[]> members = [];
        List<MemberState> late = [];
        foreach (var entry in _byName.Where(e => e.Member.Status != MemberStatus.Offline || ++away <= MostAway))
        {
            textBytes += entry.Member.Text is { } text ? Encoding.UTF8.GetByteCount(text) : 0;
            var isLate = entry.Member.Text is not null && textBytes > MostTextBytes;
            if (isLate)
                late.Add(entry.Member);
            members.Add(isLate ? Entry.Write(entry.Member with { Text = null }) : entry.Json);
        }

        return _snapshot = new MemberSnapshot(members, late);
    }

    private sealed class Entry(MemberState member)
    {
        private byte[]? _json;

        public MemberState Member { get; } = member;

        public byte[] Json => _json ??= Write(Member);

        public static byte[] Write(MemberState member)
        {
            var bytes = new ArrayBufferWriter<byte>();
            using (var json = new Utf8JsonWriter(bytes, ProtocolJson.WriterOptions))
                JsonSerializer.Serialize(json, member, ProtocolJson.Default.MemberState);
            return bytes.WrittenSpan.ToArray();
        }
    }

    private sealed class ByName : IComparer<Entry>
    {
        public static ByName Instance { get; } = new();

        public int Compare(Entry? x, Entry? y) => string.CompareOrdinal(x?.Member.Username, y?.Member.Username);
    }
}
