using System.Buffers;
using System.Text.Json;
using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Server.Events.People;

/// <summary>A member and, once asked for, their JSON.</summary>
internal sealed class ListedMember(MemberState member)
{
    private byte[]? _json;

    public MemberState Member { get; } = member;

    public byte[] Json => _json ??= Write(Member);

    /// <summary>A member whose JSON is written now, so that the fan-out's thread need not.</summary>
    public static ListedMember WrittenOf(MemberState member) => new(member) { _json = Write(member) };

    public static byte[] Write(MemberState member)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, ProtocolJson.WriterOptions))
            JsonSerializer.Serialize(json, member, ProtocolJson.Default.MemberState);
        return bytes.WrittenSpan.ToArray();
    }
}
