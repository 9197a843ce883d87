using Parley.Protocol.Features;

namespace Parley.Server.Events.People;

/// <summary>The status that somebody chose.</summary>
/// <param name="Status">Online or do not disturb.</param>
/// <param name="Text">A line of their own; may be empty.</param>
internal sealed record ChosenStatus(string Status, string Text)
{
    public static ChosenStatus Default { get; } = new(MemberStatus.Online, "");
}
