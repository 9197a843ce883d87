using Parley.Protocol.Features;
using Parley.Protocol.Wire;

namespace Parley.Client.Features.Members;

/// <summary>A person of this server.</summary>
/// <param name="Id">The account.</param>
/// <param name="Username">The name as it was registered.</param>
/// <param name="Status">One of <see cref="MemberStatus"/>; one that this client does not know means that they are here.</param>
/// <param name="Text">A line of their own; null where there is none.</param>
public sealed record Member(UserId Id, string Username, string Status, string? Text = null)
{
    /// <summary>By name, whatever its case.</summary>
    public static IComparer<Member> ByName { get; } = Comparer<Member>.Create((a, b) =>
        string.Compare(a.Username, b.Username, StringComparison.OrdinalIgnoreCase) is var order and not 0 ? order : string.CompareOrdinal(a.Username, b.Username));

    /// <summary>Whether there is a connection of theirs.</summary>
    public bool IsOnline => Status != MemberStatus.Offline;
}
