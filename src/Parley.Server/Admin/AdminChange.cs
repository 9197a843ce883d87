using Parley.Protocol.Features;
using Parley.Server.Events;

namespace Parley.Server.Admin;

/// <summary>What a command wrote, and whom it concerns.</summary>
/// <param name="Answer">For the operator.</param>
internal sealed record AdminChange(AdminAnswer Answer)
{
    /// <summary>What the clients are told.</summary>
    public IReadOnlyList<ServerEvent> Events { get; init; } = [];

    /// <summary>Sessions that were ended; their connections are closed.</summary>
    public IReadOnlyList<long> EndedSessions { get; init; } = [];

    /// <summary>What those connections are told last.</summary>
    public Closing? Closing { get; init; }

    public static AdminChange Refuse(string text) => new(AdminAnswer.Refuse(text));
}
