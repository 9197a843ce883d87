using Parley.Protocol.Features;

namespace Parley.Server.Commands;

/// <summary>The sessions that are no more, and what their connections are told; or a refusal.</summary>
internal readonly record struct EndedSessions(IReadOnlyList<long> Sessions, Closing? Closing, Refusal? Refusal = null)
{
    public static implicit operator EndedSessions(Refusal refusal) => new([], null, refusal);
}
