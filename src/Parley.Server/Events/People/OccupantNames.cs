using System.Collections.Immutable;

namespace Parley.Server.Events.People;

/// <summary>Who is in a channel, at one moment: it does not change, and may be read on any thread.</summary>
/// <param name="Everywhere">Who is in every channel: whoever has a connection that listens to all.</param>
/// <param name="InChannel">Who listens to this one alone.</param>
internal sealed record OccupantNames(ImmutableSortedSet<string> Everywhere, ImmutableSortedSet<string> InChannel)
{
    /// <summary>User names are ASCII: ordinal is code-point order.</summary>
    public static ImmutableSortedSet<string> None { get; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);
}
